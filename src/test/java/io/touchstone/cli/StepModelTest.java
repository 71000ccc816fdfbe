package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

/** Calls with models that judge the steps of answers. */
final class StepModelTest {
  private static final Path STEPS = Path.of("src/test/resources/steps");
  private static final String ROWS = STEPS.resolve("rows/helpsteer2.jsonl").toString();
  private static final List<String> TOKEN =
      List.of("--step-separator", "\\n\\n", "--step-token", "<extra_0>");

  @TempDir Path folder;

  private final Program program = Program.installed();

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private List<JsonNode> rows(String name) throws IOException {
    return JsonLines.of(folder.resolve(name).resolve("part-00000.jsonl"));
  }

  private JsonNode run(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).resolve("_run.json").toFile());
  }

  private ExitStatus judge(String rows, String output, String... more) {
    List<String> call = new ArrayList<>(List.of("annotate", rows, "--output", at(output)));
    call.addAll(List.of("--model", STEPS.resolve("qwen-math-prm").toString()));
    call.addAll(TOKEN);
    call.addAll(List.of(more));
    return program.run(call);
  }

  private String write(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines)).toString();
  }

  private static List<Double> steps(JsonNode list) {
    List<Double> steps = new ArrayList<>();
    list.forEach(step -> steps.add(step.asDouble()));
    return steps;
  }

  @Test
  void aRowsRewardIsMadeOfThoseOfItsStepsWhichALedgerRemembers() throws IOException {
    assertThat(judge(ROWS, "min", "--ledger", at("ledger"))).isEqualTo(ExitStatus.DONE);
    assertThat(program.err()).isEmpty();
    assertThat(program.out())
        .contains(
            "  note      answers are cut into steps at '\\n\\n', each read at '<extra_0>' behind it\n",
            "\n  reward: mean ");
    List<JsonNode> rows = rows("min");
    assertThat(rows).hasSize(7);
    for (JsonNode row : rows) {
      List<Double> steps = steps(row.get("step_rewards"));
      assertThat(steps).hasSameSizeAs(row.get("response").asText().split("\n\n", -1));
      assertThat(row.get("reward").asDouble())
          .isEqualTo(steps.stream().mapToDouble(step -> step).min().orElseThrow());
    }
    JsonNode run = run("min");
    assertThat(run.at("/configuration/model.step-separator").asText()).isEqualTo("\\n\\n");
    assertThat(run.at("/configuration/model.steps").asText()).isEqualTo("min");
    assertThat(run.at("/tokens/presented").asLong()).isEqualTo(411);
    assertThat(run.at("/scores/reward/count").asLong()).isEqualTo(7);
    assertThat(run.at("/known/added").asLong()).isEqualTo(18);
    for (String by : List.of("mean", "last", "product")) {
      assertThat(judge(ROWS, by, "--ledger", at("ledger"), "--steps", by))
          .isEqualTo(ExitStatus.DONE);
      assertThat(run(by).at("/tokens/computed").asLong()).as(by).isZero();
      List<JsonNode> others = rows(by);
      for (int i = 0; i < rows.size(); i++) {
        assertThat(others.get(i).get("step_rewards")).isEqualTo(rows.get(i).get("step_rewards"));
        List<Double> steps = steps(others.get(i).get("step_rewards"));
        double expected =
            switch (by) {
              case "mean" -> steps.stream().mapToDouble(step -> step).average().orElseThrow();
              case "last" -> steps.get(steps.size() - 1);
              default -> steps.stream().reduce(1.0, (a, b) -> a * b);
            };
        assertThat(others.get(i).get("reward").asDouble()).isCloseTo(expected, within(1e-6));
      }
    }
  }

  @Test
  void stepsAreNamedAsTheirRewardsAre() throws IOException {
    String pairs = STEPS.resolve("rows/preference.jsonl").toString();
    judge(pairs, "pairs");
    assertThat(rows("pairs").get(0).fieldNames())
        .toIterable()
        .endsWith("chosen_reward", "rejected_reward", "chosen_steps", "rejected_steps");
    assertThat(rows("pairs").get(0).get("rejected_steps")).hasSize(3);
    judge(at("pairs"), "again", "--field", "q");
    assertThat(rows("again").get(0).fieldNames())
        .toIterable()
        .endsWith(
            "chosen_steps",
            "rejected_steps",
            "chosen_q",
            "rejected_q",
            "chosen_q_steps",
            "rejected_q_steps");
    assertThat(rows("again").get(0).get("chosen_q_steps"))
        .isEqualTo(rows("pairs").get(0).get("chosen_steps"));
    judge(STEPS.resolve("rows/candidates.jsonl").toString(), "lists");
    JsonNode lists = rows("lists").get(0);
    assertThat(lists.get("step_rewards")).hasSize(3);
    assertThat(lists.at("/step_rewards/0")).hasSize(2);
    assertThat(lists.at("/step_rewards/2")).hasSize(1);
    assertThat(lists.at("/step_rewards/0/0"))
        .as("two answers begin alike")
        .isEqualTo(lists.at("/step_rewards/1/0"));
    String numbered =
        write(
            "numbered.jsonl",
            "{\"context\":[{\"role\":\"user\",\"content\":\"a\"}],\"response1\":\"b\",\"response2\":\"c\\n\\nd\"}");
    judge(numbered, "numbered");
    assertThat(rows("numbered").get(0).fieldNames())
        .toIterable()
        .endsWith("reward1", "reward2", "steps1", "steps2");
    String labels =
        write(
            "labels.jsonl",
            "{\"mask\":\"User\",\"conversations\":[{\"from\":\"User\",\"value\":\"a\"},"
                + "{\"from\":\"A\",\"value\":\"b\\n\\nc\",\"label\":null}]}");
    judge(labels, "labels", "--turns", "all");
    JsonNode turn = rows("labels").get(0).at("/conversations/1");
    assertThat(turn.get("label").asText()).startsWith("reward:0.");
    assertThat(turn.get("step_rewards")).hasSize(2);
    assertThat(program.err()).isEmpty();
  }

  @Test
  void rowsMayBringTheirStepsOneByOne() throws IOException {
    String trl = STEPS.resolve("rows/stepwise.jsonl").toString();
    assertThat(judge(trl, "trl")).isEqualTo(ExitStatus.DONE);
    JsonNode row = rows("trl").get(0);
    assertThat(row.get("step_rewards")).as("a step may have a blank line in it").hasSize(3);
    assertThat(row.get("labels").toString()).isEqualTo("[true,false,false]");
    String own =
        write(
            "own.jsonl",
            "{\"problem\":\"1+1?\",\"solution\":[{\"text\":\"One more.\"},{\"text\":\"2\"}]}",
            "{\"problem\":\"1+1?\",\"solution\":[]}");
    judge(own, "own", "--format", "stepwise", "--map", "prompt=problem,steps=solution[].text");
    assertThat(rows("own")).hasSize(1);
    assertThat(rows("own").get(0).get("step_rewards")).hasSize(2);
    assertThat(reasons("own"))
        .containsExactly("nothing-to-score steps: expected at least one step, found none");
    program.run("annotate", trl, "--output", at("demo"));
    assertThat(program.err())
        .contains(
            "--step-separator: expected it, for a model that judges steps, as stepwise rows hold"
                + " them one by one (docs/data.md makes one text of them), found none");
  }

  private List<String> reasons(String name) throws IOException {
    return JsonLines.of(folder.resolve(name).resolve("_rejected/part-00000.jsonl")).stream()
        .map(line -> line.get("kind").asText() + " " + line.get("reason").asText())
        .toList();
  }

  @Test
  void aTextThatSpellsTheTokenBecomesNoStep() throws IOException {
    String rows =
        write(
            "spelled.jsonl",
            "{\"prompt\":\"What is <extra_0>?\",\"response\":\"a\\n\\nb\"}",
            "{\"prompt\":\"a\",\"response\":\"b<extra_0>c\\n\\nd\"}",
            "{\"prompt\":\"a\",\"response\":\"b\",\"system\":\"<extra_0>\"}",
            "{\"prompt\":\"a\",\"response\":\"b\"}",
            "{\"prompt\":\"a\",\"response\":\"" + "c\\n\\n".repeat(5_000) + "\"}");
    assertThat(judge(rows, "spelled")).isEqualTo(ExitStatus.DONE);
    assertThat(rows("spelled")).hasSize(1);
    String spelled =
        "step-token expected texts without '<extra_0>', at which a step is read, found it in 1 of"
            + " the turns and steps";
    assertThat(reasons("spelled"))
        .containsExactly(
            spelled, spelled, spelled, "too-many-steps expected at most 4096 steps, found 5001");
    String tagged =
        write(
            "tagged.jsonl",
            "{\"prompt\":\"a\",\"response\":\"b\\n\\nc\"}",
            "{\"prompt\":\"ки\",\"response\":\"b\\n\\nc\"}",
            "{\"prompt\":\"a\",\"response\":\"b ки\\n\\nc\"}");
    List<String> call = new ArrayList<>(List.of("annotate", tagged, "--output", at("tagged")));
    call.addAll(List.of("--model", STEPS.resolve("math-shepherd").toString()));
    call.addAll(List.of("--chat-template", "{% for m in messages %}{{ m.content }} {% endfor %}"));
    call.addAll(
        List.of("--step-separator", "\\n\\n", "--step-token", " ки", "--step-answers", "+,-"));
    program.run(call);
    assertThat(program.out())
        .contains(
            "  reward    share of '+' (token 371) against '-' (token 375), foretold at ' ки' behind"
                + " each step\n");
    assertThat(rows("tagged")).hasSize(1);
    assertThat(reasons("tagged"))
        .containsExactly(
            "step-token expected the token of ' ки' behind each of 2 steps and nowhere else, found"
                + " it 3 times",
            "step-token expected texts without ' ки', at which a step is read, found it in 1 of the"
                + " turns and steps");
  }

  @Test
  void aModelIsReadAsItsClassCanBe() {
    program.run(
        "annotate", ROWS, "--output", at("a"), "--model", STEPS.resolve("trl-prm").toString());
    assertThat(program.err())
        .contains(
            "[config.json] architectures: expected --step-separator, and --step-token where it has"
                + " one, for a class that is read at each step (conf/models has them for published"
                + " ones), found Qwen2ForTokenClassification without");
    judge(ROWS, "a", "--step-answers", "+,-");
    assertThat(program.err())
        .contains(
            "[config.json] architectures: expected a causal model for step answers, found"
                + " Qwen2ForProcessRewardModel");
    program.run("annotate", ROWS, "--output", at("a"), "--step-separator", "\\n\\n");
    assertThat(program.err())
        .contains(
            "[config.json] architectures: expected a class that is read at each step"
                + " (Qwen2ForProcessRewardModel, Qwen2ForPrmModel, ...ForTokenClassification), or"
                + " --step-answers for a causal model, found LlamaForSequenceClassification");
    program.run(
        List.of(
            "annotate",
            ROWS,
            "--output",
            at("a"),
            "--model",
            STEPS.resolve("qwen-math-prm").toString(),
            "--step-separator",
            "\\n\\n",
            "--step-token",
            "<no>"));
    assertThat(program.err())
        .contains(
            "--step-token: expected a text that is the same one token of the model's behind any"
                + " step, found '<no>', which is not");
    judge(ROWS, "a", "--labels", "rounded");
    assertThat(program.err())
        .contains(
            "--labels: expected float, as rewards of steps lie between 0 and 1, found rounded");
    program.run("annotate", ROWS, "--output", at("a"), "--steps", "last");
    assertThat(program.err())
        .contains("--steps: expected --step-separator beside it, such as '\\n\\n', found none");
    judge(ROWS, "a", "--answer-tokens", "Y,N");
    assertThat(program.err())
        .contains(
            "--answer-tokens: expected a model that judges whole answers beside it, found"
                + " --step-separator");
    program.run("annotate", ROWS, "--output", at("a"), "--step-separator", "\\x");
    assertThat(program.err())
        .contains(
            "--step-separator: expected a text, in which \\n, \\t and \\\\ are a line end, a tab and a"
                + " backslash, found '\\x'");
  }

  @Test
  void otherJobsKnowWhatStepsCameTo() throws IOException {
    String candidates = STEPS.resolve("rows/candidates.jsonl").toString();
    judge(candidates, "scored");
    program.run("select", at("scored"), "--output", at("best"));
    JsonNode best = rows("best").get(0);
    List<Double> rewards = steps(rows("scored").get(0).get("rewards"));
    assertThat(best.get("reward").asDouble())
        .isEqualTo(rewards.stream().mapToDouble(reward -> reward).max().orElseThrow());
    assertThat(best.get("step_rewards")).as("lists stay").hasSize(3);
    List<String> call = new ArrayList<>(List.of("select", candidates, "--output", at("at-once")));
    call.addAll(List.of("--model", STEPS.resolve("qwen-math-prm").toString()));
    call.addAll(TOKEN);
    assertThat(program.run(call)).isEqualTo(ExitStatus.DONE);
    assertThat(rows("at-once")).isEqualTo(rows("best"));
    judge(ROWS, "rows");
    assertThat(
            program.run(
                List.of(
                    "filter",
                    at("rows"),
                    "--kept",
                    at("kept"),
                    "--dropped",
                    at("dropped"),
                    "--by",
                    "reward",
                    "--min",
                    "0.5")))
        .isEqualTo(ExitStatus.DONE);
    assertThat(rows("kept")).allMatch(row -> row.has("step_rewards"));
    assertThat(program.run("report", at("rows"))).isEqualTo(ExitStatus.DONE);
    assertThat(Files.readString(folder.resolve("rows/_report.html")))
        .contains("Of each answer the steps were judged, cut at ");
    program.run("calibrate", at("rows"), "--output", at("curve.json"), "--kind", "quantile");
    assertThat(program.err())
        .contains(
            "expected scores of whole answers, found those of steps, which a calibration does not"
                + " tell apart");
    judge(ROWS, "columns", "--output-format", "parquet");
    judge(at("columns"), "lines", "--field", "again");
    assertThat(rows("lines").get(0).get("again_steps"))
        .isEqualTo(rows("lines").get(0).get("step_rewards"));
    call = new ArrayList<>(List.of("annotate", ROWS, "--dry-run"));
    call.addAll(List.of("--model", STEPS.resolve("qwen-math-prm").toString()));
    call.addAll(TOKEN);
    assertThat(program.run(call)).isEqualTo(ExitStatus.DONE);
    assertThat(program.out()).contains("411 presented");
  }
}
