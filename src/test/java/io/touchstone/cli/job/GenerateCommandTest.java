package io.touchstone.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.Program;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.generation.sampling.SamplingAsk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user of generate meets before a model works. */
final class GenerateCommandTest {
  private static final String KEY = "sk-abcdefghijklmnop";

  @TempDir Path folder;

  private final FakeGenerators generators = new FakeGenerators();
  private final Program program = Program.installed().generatingWith(generators);
  private Path input = Path.of("");

  @BeforeEach
  void writeInput() throws IOException {
    input =
        Files.writeString(
            folder.resolve("in.jsonl"),
            """
            {"prompt": "one two three", "id": 1}
            {"prompt": "one two three four five"}
            {"prompt": 7}

            """);
  }

  @Test
  void everyProblemOfTheWordsIsReportedAtOnce() {
    List<String> problems =
        refused(
            "--output",
            "o",
            "--model",
            " ",
            "--max-new-tokens",
            "0",
            "--samples",
            "0",
            "--temperature",
            "-1",
            "--top-p",
            "1.1",
            "--top-k",
            "-1",
            "--min-p",
            "x",
            "--repetition-penalty",
            "0",
            "--seed",
            "-3",
            "--stop",
            "",
            "--stop",
            "END",
            "--thinking",
            "maybe",
            "--tools",
            input.toString(),
            "--mamba-dt",
            "new",
            "--endpoint-retries",
            "-1");

    assertThat(problems)
        .containsExactlyInAnyOrder(
            "--model: expected a folder, or demo, found ' '",
            "--max-new-tokens: expected a whole number from 1, or unset, found '0'",
            "--samples: expected a whole number from 1, or model, found '0'",
            "--temperature: expected a number from 0, or model, found '-1'",
            "--top-p: expected a number from 0 to 1, or model, found '1.1'",
            "--top-k: expected a whole number from 0, or model, found '-1'",
            "--min-p: expected a number from 0 to 1, or model, found 'x'",
            "--repetition-penalty: expected a number above 0, or model, found '0'",
            "--seed: expected a whole number from 0, found '-3'",
            "--stop: expected a JSON array of texts that are not empty, such as [\"END\","
                + " \"\\n\\n\"], or none, found '[\"\",\"END\"]'",
            "--thinking: expected on, off or unset, found 'maybe'",
            "--tools: expected a file with a JSON array of tools, each an object, found '"
                + input
                + "'",
            "--mamba-dt: expected published or transformers5, found 'new'",
            "--endpoint-retries: expected a whole number from 0 to 1000, found '-1'");
  }

  @Test
  void oneAndOnlyOneMustAnswer() {
    assertThat(refused("--output", "o", "--max-new-tokens", "9"))
        .containsExactly(
            "--model: expected the folder of a model that generates, demo for the bundled"
                + " demonstration, or --endpoint in its place, found nothing");
    assertThat(
            refused(
                "--output",
                "o",
                "--max-new-tokens",
                "9",
                "--model",
                "demo",
                "--endpoint",
                "http://h:8000/v1"))
        .containsExactly(
            "--endpoint: expected no --model beside it, as either answers, found --model demo");
  }

  @Test
  void whatIsAboutTheOtherIsRefusedByThePair() {
    assertThat(
            refused(
                "--output",
                "o",
                "--max-new-tokens",
                "9",
                "--endpoint",
                "http://h:8000/v1",
                "--row-timeout",
                "60",
                "--sanitize",
                "--memory",
                "1g"))
        .containsExactly(
            "--sanitize: expected --model beside it, which it is about, found --endpoint",
            "--memory: expected --model beside it, which it is about, found --endpoint",
            "--row-timeout: expected --endpoint-timeout in its place, as a server's passes cannot be"
                + " seen, found --endpoint",
            "--endpoint-model: expected the model's name on the server beside --endpoint, found"
                + " nothing");
    assertThat(
            refused(
                "--output",
                "o",
                "--max-new-tokens",
                "9",
                "--model",
                "demo",
                "--endpoint-model",
                "m",
                "--endpoint-key-variable",
                "K"))
        .containsExactly(
            "--endpoint-model: expected --endpoint beside it, which it is about, found --model",
            "--endpoint-key-variable: expected --endpoint beside it, which it is about, found"
                + " --model");
  }

  @Test
  void aRecipesProblemsAreToldWithThoseOfTheCall() throws IOException {
    Path recipe =
        Files.writeString(
            folder.resolve("r.conf"),
            """
            turn.1.content = "{prompt}"
            turn.2.role = user
            turn.2.content = "{respons}"
            generation.temperature = hot
            generation.new = 1
            model.path = demo
            """);
    assertThat(
            refused(
                "--output",
                "o",
                "--model",
                "demo",
                "--max-new-tokens",
                "9",
                "--recipe",
                recipe.toString()))
        .containsExactly(
            "["
                + recipe
                + ":4] generation.temperature: expected a number from 0, or model, found"
                + " 'hot'",
            "[" + recipe + ":5] generation.new: expected a setting of this job, found no such key");
    Files.writeString(recipe, Files.readString(recipe).replaceAll("(?m)^generation.*$", ""));
    assertThat(
            refused(
                "--output",
                "o",
                "--model",
                "demo",
                "--max-new-tokens",
                "9",
                "--continue",
                "--recipe",
                recipe.toString()))
        .containsExactly(
            "--continue: expected no --recipe beside it, whose prompts end with a user's turn, found"
                + " --recipe "
                + recipe,
            "--into: expected the field that takes the answers beside --recipe, such as edits, found"
                + " nothing",
            "["
                + recipe
                + "] model.path: expected turn.1.role, turn.1.content and so on, found"
                + " model.path",
            "["
                + recipe
                + "] turn.2: content: expected places for texts of the row, {feedback},"
                + " {principle}, {response}, and {prompt} alone in a turn without a role, found"
                + " {respons}");
    assertThat(
            refused(
                "--output",
                "o",
                "--model",
                "demo",
                "--max-new-tokens",
                "9",
                "--recipe",
                "none.conf"))
        .containsExactly("[none.conf] expected a configuration file, found no such file");
  }

  @Test
  void whatIsAboutARecipeNeedsOne() {
    assertThat(
            refused(
                "--output",
                "o",
                "--model",
                "demo",
                "--max-new-tokens",
                "9",
                "--into",
                "edits",
                "--edit-without-feedback"))
        .containsExactly(
            "--into: expected --recipe beside it, whose prompts it is about, found none",
            "--edit-without-feedback: expected --recipe beside it, whose prompts it is about, found"
                + " none");
    for (String meant : List.of("responses", "rewards", "principle", "chosen_reward")) {
      assertThat(
              refused(
                  "--output",
                  "o",
                  "--model",
                  "demo",
                  "--recipe",
                  "conf/recipes/feedback.conf",
                  "--into",
                  meant))
          .containsExactly(
              "--into: expected a name that says nothing of a row's format, such as edits, found "
                  + meant);
    }
  }

  @Test
  void aRecipeSaysHowItsAnswersAreDrawnUnlessTheCallDoes() throws IOException {
    Files.writeString(
        input, "{\"prompt\": \"one two\", \"response\": \"three\", \"feedback\": [\"but\"]}\n");
    String[] feedback = {
      "--model", "demo", "--recipe", "conf/recipes/feedback.conf", "--into", "comments"
    };
    dryRun(feedback);
    assertThat(asked().temperature()).hasValue(0.7);
    assertThat(asked().topP()).hasValue(0.9);
    assertThat(asked().maxNewTokens()).hasValue(128);
    Path conf = Files.writeString(folder.resolve("cold.conf"), "generation.temperature = 0.1\n");
    List<String> call = new ArrayList<>(List.of(feedback));
    call.addAll(List.of("--conf", conf.toString(), "--max-new-tokens", "7"));
    dryRun(call.toArray(String[]::new));
    assertThat(asked().temperature()).hasValue(0.1);
    assertThat(asked().maxNewTokens()).hasValue(7);
    dryRun("--model", "demo", "--recipe", "conf/recipes/edit.conf", "--into", "edits");
    assertThat(asked().firstGreedy()).isTrue();
    assertThat(asked().maxNewTokens()).hasValue(4_096);
  }

  @Test
  void aDryRunCountsPromptsThatAreMadeAndRowsThatNeedNone() throws IOException {
    Files.writeString(
        input,
        """
        {"prompt": "one two three", "response": "four", "feedback": ["but"]}
        {"prompt": "one two three", "response": "four", "feedback": ["The response is perfectly"]}
        {"prompt": "one", "response": null, "feedback": ["but"]}
        """);
    dryRun("--model", "demo", "--recipe", "conf/recipes/edit.conf", "--into", "edits");
    assertThat(program.out())
        .contains("rows      3 in: 3 helpsteer2\n")
        .contains("rejected  1 no-response\n")
        .contains("read      1 without feedback that asks for anything, given an empty list\n")
        .contains("prompts   3 tokens, computed once for all samples of a row\n")
        .contains("answers   1 of at most 4,096 tokens: at most 4,096 tokens are generated\n");
    assertThat(refusedWithNothingMade("--feedback-from", "notes"))
        .containsExactly(
            "--feedback-from: [file:"
                + input
                + "] expected a field notes in one of the first 3 rows, found it in none");
  }

  private List<String> refusedWithNothingMade(String... flags) {
    List<String> call =
        new ArrayList<>(
            List.of(
                "generate",
                input.toString(),
                "--dry-run",
                "--model",
                "demo",
                "--recipe",
                "conf/recipes/edit.conf",
                "--into",
                "edits"));
    call.addAll(List.of(flags));
    assertThat(program.run(call)).isEqualTo(ExitStatus.WRONG_CALL);
    return program.err().lines().skip(1).map(String::strip).toList();
  }

  @Test
  void aKeyInPlaceOfItsVariableIsNotRepeated() {
    refused(
        "--output",
        "o",
        "--max-new-tokens",
        "9",
        "--endpoint",
        "http://localhost:1/v1",
        "--endpoint-model",
        "m",
        "--endpoint-key-variable",
        KEY);

    assertThat(program.err() + program.out())
        .contains("--endpoint-key-variable: expected the name of a variable of the environment")
        .doesNotContain(KEY);
  }

  @Test
  void howLongAnAnswerMayBeMustBeSaid() {
    assertThat(refused("--output", "o")).hasSize(2);
    assertThat(refused("--output", "o", "--model", "demo"))
        .containsExactly(
            "--max-new-tokens: expected the most tokens that an answer may have, its thought among"
                + " them: 512 is about a page, and models that think want 16384; there is no"
                + " default, as the time and the memory of the job follow from it, found nothing");
  }

  @Test
  void whatIsAskedReachesTheGenerator() {
    dryRun(
        "--model",
        "demo",
        "--max-new-tokens",
        "64",
        "--samples",
        "4",
        "--temperature",
        "0.7",
        "--top-p",
        "0.9",
        "--top-k",
        "0",
        "--min-p",
        "0.05",
        "--repetition-penalty",
        "1.1",
        "--seed",
        "7",
        "--stop",
        "\n\n",
        "--stop",
        "END");

    assertThat(generators.asked)
        .contains(
            new SamplingAsk(
                false,
                OptionalDouble.of(0.7),
                OptionalDouble.of(0.9),
                OptionalInt.of(0),
                OptionalDouble.of(0.05),
                OptionalDouble.of(1.1),
                OptionalLong.of(7),
                OptionalInt.of(4),
                OptionalInt.of(64),
                List.of("\n\n", "END")));
    assertThat(generators.model)
        .contains(Path.of("").toAbsolutePath().resolve("data-samples/demo-generator"));
  }

  @Test
  void aFlagOverrulesWhatAFileSaysOfTheOther() throws IOException {
    Path warm = Files.writeString(folder.resolve("warm.conf"), "generation.temperature = 0.7\n");
    dryRun("--model", "demo", "--max-new-tokens", "9", "--conf", warm.toString(), "--greedy");
    assertThat(asked().greedy()).isTrue();
    assertThat(asked().temperature()).isEmpty();

    Path cold = Files.writeString(folder.resolve("cold.conf"), "generation.greedy = yes\n");
    dryRun("--model", "demo", "--max-new-tokens", "9", "--conf", cold.toString(), "--top-k", "5");
    assertThat(asked().greedy()).isFalse();
    assertThat(asked().topK()).hasValue(5);

    Path both =
        Files.writeString(
            folder.resolve("both.conf"), "generation.greedy = yes\ngeneration.top-p = 0.5\n");
    dryRun("--model", "demo", "--max-new-tokens", "9", "--conf", both.toString());
    assertThat(asked().greedy()).isTrue();
    assertThat(asked().topP()).hasValue(0.5);
  }

  @Test
  void stopsOfAFileAreAJsonArrayAndAnEmptyFlagTakesThemAway() throws IOException {
    Path file =
        Files.writeString(folder.resolve("stop.conf"), "generation.stop = [\"a\\n\", \"b\"]\n");
    dryRun("--model", "demo", "--max-new-tokens", "9", "--conf", file.toString());
    assertThat(asked().stops()).containsExactly("a\n", "b");
    dryRun("--model", "demo", "--max-new-tokens", "9", "--conf", file.toString(), "--stop=");
    assertThat(asked().stops()).isEmpty();
  }

  @Test
  void aDryRunSaysWhatIsBoundAndWhatOnPaper() {
    String told =
        dryRun(
            "--model",
            "demo",
            "--max-new-tokens",
            "1000",
            "--samples",
            "8",
            "--device-model",
            "l4");

    assertThat(told.replace(folder.toString(), "F").replaceAll("/\\S*/demo-gen", "demo-gen"))
        .isEqualTo(
            """
            Dry run: nothing was answered, nothing was written.

              read      all 90 bytes
              rows      3 in: 3 candidates
              rejected  1 wrong-type
              model     demo-generator (FakeForCausalLM, fp32)
              rules     samples 8, max-new-tokens 1000
              note      a note
              prompts   8 tokens, computed once for all samples of a row
              answers   16 of at most 1,000 tokens: at most 16,000 tokens are generated
              memory    400 MiB, of which 300 are left to answers under way on a replica like this machine's:
                          16 of them together if all are as long as allowed (16,384 KiB each), more where they end early or share their prompt
                          about 1,000 passes of the model then: 16 answers / 16 together x 1,000 tokens
              l4        at most about 1:30:30 on one of them, on paper, if all answers are as long as allowed:
                          3 tokens a second = 16 under way / the largest of 0.0373 s to compute, 5.43 s to bring 139 GB of weights from the host, and 0.0219 s to read what is remembered of 1,004 tokens each

              tokens of a prompt: half have at most 3, 90 % 5, 99 % 5; the longest one has 5
                        32 |######################################## 2

              the first wrong-type: F/in.jsonl
                byte 75: prompt: expected a string or a list of messages, found a number
            """);
  }

  private SamplingAsk asked() {
    return generators.asked.orElseThrow();
  }

  private String dryRun(String... flags) {
    List<String> call = new ArrayList<>(List.of("generate", input.toString(), "--dry-run"));
    call.addAll(List.of(flags));
    ExitStatus status = program.run(call);
    assertThat(status).as(program.err()).isEqualTo(ExitStatus.DONE);
    return program.out();
  }

  private List<String> refused(String... flags) {
    List<String> call = new ArrayList<>(List.of("generate", input.toString()));
    call.addAll(List.of(flags));
    assertThat(program.run(call)).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(generators.asked).isEqualTo(Optional.empty());
    return program.err().lines().skip(1).map(String::strip).toList();
  }
}
