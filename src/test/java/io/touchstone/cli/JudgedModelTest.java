package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.cli.call.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that let a model judge which writes its judgement. */
final class JudgedModelTest {
  private static final String MODEL = Path.of("src/test/resources/judge/model").toString();
  private static final String SKY =
      "{\"prompt\":\"Why is the sky blue?\",\"response\":\"It is blue because light scatters.\"";
  private static final String OSLO =
      "{\"prompt\":\"Where is Oslo?\",\"response\":\"In the north.\"";

  @TempDir Path folder;

  private final Program program = Program.installed();

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private List<JsonNode> rows(String name) throws IOException {
    return JsonLines.of(folder.resolve(name).resolve("part-00000.jsonl"));
  }

  private String line(String name) throws IOException {
    return Files.readString(folder.resolve(name).resolve("part-00000.jsonl")).strip();
  }

  private JsonNode run(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).resolve("_run.json").toFile());
  }

  private String write(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines)).toString();
  }

  private ExitStatus annotate(String rows, String output, String... more) {
    return program.run(judging("annotate", rows, output, more));
  }

  private List<String> judging(String job, String rows, String output, String... more) {
    List<String> call =
        new ArrayList<>(List.of(job, rows, "--output", at(output), "--model", MODEL));
    call.addAll(List.of("--judge", "conf/recipes/genrm-principle.conf", "--judge-tokens", "40"));
    call.addAll(List.of(more));
    return call;
  }

  @Test
  void readsTheRewardInWhatTheModelWrites() throws IOException {
    String rows = write("rows.jsonl", SKY + ",\"x\":1}", OSLO + ",\"principle\":\"silence\"}");
    assertThat(annotate(rows, "one", "--principle", "correctness")).isEqualTo(ExitStatus.DONE);
    assertThat(program.err()).isEmpty();
    assertThat(rows("one")).hasSize(1);
    assertThat(rows("one").get(0).get("reward").asDouble())
        .isCloseTo(5.68906784, org.assertj.core.api.Assertions.within(1e-4));
    assertThat(line("one")).startsWith(SKY + ",\"x\":1,\"reward\":").doesNotContain("Judgement");
    assertThat(JsonLines.of(folder.resolve("one/_rejected/part-00000.jsonl")).get(0).get("reason"))
        .hasToString(
            "\"expected 'Final Judgement:' and a token behind it, found none in the answer\"");
    assertThat(program.out())
        .contains(
            "  rejected  1 no-judgement; ",
            "  reward    log-probability of ' Yes' (token 296) less that of ' No' (token 295) behind"
                + " the last 'Final Judgement:' of what the model writes\n"
                + "  note      judgements: greedy, 40 tokens at most, 1 to a prompt\n");
    JsonNode run = run("one");
    assertThat(run.at("/configuration/model.judge").asText())
        .isEqualTo("conf/recipes/genrm-principle.conf");
    assertThat(run.at("/principles").toString()).isEqualTo("{\"correctness\":\"correctness\"}");
    assertThat(run.at("/model/prompt").asText()).isEqualTo("chat, judged");
    assertThat(run.at("/rejectedByKind").toString()).isEqualTo("{\"no-judgement\":1}");
    assertThat(program.run(List.of("report", at("one")))).isEqualTo(ExitStatus.DONE);
    assertThat(program.out())
        .contains("Judged by this recipe: {prompt} assistant: {response} principle: {principle}\n");
  }

  @Test
  void votesHaveASpreadAndARationaleOnlyWhenItIsAsked() throws IOException {
    String rows = write("rows.jsonl", SKY + "}");
    assertThat(
            annotate(
                rows, "votes", "--principle", "clarity", "--votes", "3", "--temperature", "1.1"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(rows("votes").get(0).fieldNames())
        .toIterable()
        .containsExactly("prompt", "response", "reward", "spread");
    assertThat(rows("votes").get(0).get("spread").isDouble()).isTrue();
    assertThat(
            annotate(
                rows,
                "texts",
                "--principle",
                "clarity",
                "--principle",
                "t=twice",
                "--field",
                "j",
                "--rationale"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(line("texts"))
        .contains(
            "\"j_rationale\":{\"clarity\": \"It is clear. Final Judgement: Yes\", \"t\": \"Final"
                + " Judgement: No\\nNo, wait.\\nFinal Judgement: Yes\"}");
    assertThat(program.out()).contains("  note      judgements: greedy, 40 tokens at most");
    assertThat(
            annotate(
                rows,
                "both",
                "--principle",
                "clarity",
                "--votes",
                "2",
                "--top-k",
                "1",
                "--rationale"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(line("both"))
        .contains("\"spread\":0.0,\"rationale\":[\"It is clear. Final Judgement: Yes\", \"It is");
  }

  @Test
  void everyFormatHasThemWhereItsRewardsAre() throws IOException {
    String candidates =
        write(
            "candidates.jsonl",
            "{\"prompt\":\"What do owls eat?\",\"responses\":[\"Mice.\",null,\"Mice. because of"
                + " mice.\"]}");
    assertThat(annotate(candidates, "candidates", "--principle", "correctness", "--votes", "2"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(line("candidates")).contains("\"rewards\":[-6.0", ",null,6.4");
    assertThat(line("candidates")).endsWith(",\"spread\":[0.0,null,0.0]}");
    String pairs =
        write(
            "pairs.jsonl",
            "{\"prompt\":\"Is 7 odd?\",\"chosen\":\"because it is so\",\"rejected\":\"Mice.\"}");
    assertThat(annotate(pairs, "pairs", "--principle", "clarity", "--votes", "2"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(rows("pairs").get(0).fieldNames())
        .toIterable()
        .containsExactly(
            "prompt",
            "chosen",
            "rejected",
            "chosen_reward",
            "rejected_reward",
            "chosen_spread",
            "rejected_spread");
    assertThat(
            annotate(
                pairs,
                "columns",
                "--principle",
                "clarity",
                "--votes",
                "2",
                "--rationale",
                "--output-format",
                "parquet"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(program.run(judging("annotate", at("columns"), "again", "--principle", "twice")))
        .isEqualTo(ExitStatus.DONE);
    assertThat(rows("again").get(0).at("/chosen_rationale/1").asText())
        .isEqualTo("It is clear. Final Judgement: Yes");
  }

  @Test
  void whatIsMissingIsCountedAndMayBeWorthANumber() throws IOException {
    String rows =
        write(
            "rows.jsonl",
            SKY + ",\"principle\":\"maybe\"}",
            OSLO + ",\"principle\":\"silence\"}",
            OSLO + ",\"principle\":\"length\"}");
    assertThat(annotate(rows, "zero", "--missing-judgement", "-0.5", "--max-rejected", "0"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(rows("zero").get(1).get("reward").asDouble()).isEqualTo(-0.5);
    assertThat(rows("zero").get(2).get("reward").asDouble()).isEqualTo(-0.5);
    assertThat(program.out())
        .contains(
            "            2 votes without a judgement, left out of the mean or taken for what"
                + " --missing-judgement says\n"
                + "            1 votes that went on with neither of the recipe's tokens, read as all"
                + " others\n");
    assertThat(run("zero").get("notes").toString())
        .isEqualTo("{\"missing-judgement\":2,\"other-token\":1,\"own-principles\":3}");
  }

  @Test
  void aLedgerRemembersAJudgeByAllThatDecidesIt() throws IOException {
    String rows = write("rows.jsonl", SKY + "}", OSLO + ",\"principle\":\"silence\"}");
    String[] call = {
      "--principle",
      "correctness",
      "--votes",
      "3",
      "--temperature",
      "1.3",
      "--missing-judgement",
      "1",
      "--ledger",
      at("ledger")
    };
    assertThat(annotate(rows, "first", call)).isEqualTo(ExitStatus.DONE);
    assertThat(run("first").at("/known/added").asInt()).isEqualTo(2);
    assertThat(annotate(rows, "second", call)).isEqualTo(ExitStatus.DONE);
    assertThat(line("second")).isEqualTo(line("first"));
    assertThat(run("second").at("/tokens/computed").asInt()).isZero();
    assertThat(run("second").get("notes")).isEqualTo(run("first").get("notes"));
    call[5] = "1.4";
    assertThat(annotate(rows, "third", call)).isEqualTo(ExitStatus.DONE);
    assertThat(run("third").at("/known/prompts").asInt()).isZero();
    assertThat(annotate(rows, "second", call)).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains("was made by another job: model.head: was judgement at 296 less 295 behind");
  }

  @Test
  void selectsAndEvaluatesByJudgements() throws IOException {
    String rows =
        write(
            "candidates.jsonl",
            "{\"prompt\":\"What do owls eat?\",\"responses\":[\"Mice.\",\"Mice. because of"
                + " mice.\"]}");
    assertThat(program.run(judging("select", rows, "best", "--principle", "correctness")))
        .as(program.err())
        .isEqualTo(ExitStatus.DONE);
    assertThat(line("best")).contains("\"output\":\"Mice. because of mice.\"");
    String pairs =
        write(
            "pairs.jsonl",
            "{\"prompt\":\"Is 7 odd?\",\"chosen\":\"because it is so\",\"rejected\":\"Mice.\"}");
    assertThat(
            program.run(
                judging(
                    "evaluate", pairs, "judged", "--benchmark", "pairs", "--principle", "clarity")))
        .as(program.err())
        .isEqualTo(ExitStatus.DONE);
    assertThat(program.out()).contains("100");
  }

  @Test
  void aDryRunTellsTheMostThatIsWritten() throws IOException {
    String rows = write("rows.jsonl", SKY + "}", OSLO + "}");
    List<String> call =
        new ArrayList<>(
            List.of(
                "annotate",
                rows,
                "--dry-run",
                "--model",
                MODEL,
                "--judge",
                "genrm-principle",
                "--principle",
                "clarity",
                "--principle",
                "twice",
                "--votes",
                "2"));
    assertThat(program.run(call)).as(program.err()).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains(
            "max new tokens: expected fewer than the model's max_position_embeddings, 1024, found"
                + " 8192");
    call.addAll(List.of("--judge-tokens", "40"));
    assertThat(program.run(call)).as(program.err()).isEqualTo(ExitStatus.DONE);
    assertThat(program.out())
        .contains(
            "  note      judgements: sampling, 40 tokens at most, 2 to a prompt, temperature 0.6,"
                + " top-k 20, top-p 0.95\n",
            "  writes    at most 80 tokens of judgements for each of 4 prompts: at most 320, and only"
                + " the model knows how many\n");
    call.addAll(List.of("--device-model", "h100"));
    assertThat(program.run(call)).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err()).contains("--device-model: expected no --judge beside it");
  }

  @Test
  void saysWhatDoesNotGoTogether() throws IOException {
    String rows = write("rows.jsonl", SKY + "}");
    assertThat(
            annotate(
                rows,
                "out",
                "--ask",
                "x",
                "--reward-token",
                "3",
                "--rationale",
                "--ledger",
                at("ledger")))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            """
            touchstone annotate: 3 problems:
              --ask: expected nothing else that a reward is read by beside --judge, found both
              --reward-token: expected nothing else that a reward is read by beside --judge, found both
              --rationale: expected no --ledger beside it, which remembers numbers and no texts, found both
            """);
    assertThat(annotate(rows, "out", "--votes", "2", "--temperature", "0", "--principle", "a"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains(
            "--votes: expected 1 beside --temperature 0, which means greedy, as all would be alike,"
                + " found 2");
    assertThat(
            program.run(
                List.of(
                    "annotate",
                    rows,
                    "--output",
                    at("out"),
                    "--model",
                    MODEL,
                    "--votes",
                    "2",
                    "--principle",
                    "x")))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            """
            touchstone annotate: 2 problems:
              --votes: expected --judge beside it, as only a judge writes, found none
              --principle: expected --answer-tokens beside it, such as Yes,No, or --judge, found none
            """);
    assertThat(annotate(rows, "out")).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains(
            "--principle: expected a text for {principle} of --ask or --judge, or rows with a field"
                + " principle or principles, found neither");
  }

  @Test
  void saysAllThatIsWrongWithARecipe() throws IOException {
    String rows = write("rows.jsonl", SKY + "}");
    String recipe =
        write(
            "judge.conf",
            "turn.1.content = \"{prompt}\"",
            "turn.2.role = user",
            "turn.2.content = Well? {feedback}",
            "judge.answer-tokens = Yes",
            "generation.temperature = hot",
            "generation.seed = 3");
    assertThat(
            program.run(
                List.of(
                    "annotate", rows, "--output", at("out"), "--model", MODEL, "--judge", recipe)))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            ("touchstone annotate: 1 problem:\n"
                    + "  --judge: [R] expected a turn with {response}, the answer that is judged,"
                    + " found none; [R] expected places for what a judge is told, {response} and"
                    + " {principle}, found {feedback}; [R] judge.marker: expected the text that a"
                    + " judgement stands behind, found none; [R:4] judge.answer-tokens: expected two"
                    + " texts with a comma between, such as Yes,No, found 'Yes'; [R:5]"
                    + " generation.temperature: expected a number from 0, or model, found 'hot';"
                    + " [R:6] generation.seed: expected turn.N.role, turn.N.content, judge.marker,"
                    + " judge.answer-tokens or one of generation.max-new-tokens,"
                    + " generation.temperature, generation.top-p, generation.top-k,"
                    + " generation.min-p, found no such key\n")
                .replace("[R", "[" + recipe));
  }
}
