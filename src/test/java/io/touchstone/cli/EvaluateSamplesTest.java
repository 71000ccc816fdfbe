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

/**
 * Evaluate on the samples and small files, from the command line to the tables; what is expected
 * was made with the benchmarks' own programs.
 */
final class EvaluateSamplesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SAMPLES = Path.of("data-samples");

  @TempDir Path folder;

  private final Program program = Program.installed();

  @Test
  void everyBenchmarksTableIsThatOfItsAuthors() throws IOException {
    List<String> lines = Files.readAllLines(SAMPLES.resolve("expected/evaluate.jsonl"));
    assertThat(lines).hasSize(4);
    for (String line : lines) {
      JsonNode expected = JSON.readTree(line);
      String benchmark = expected.path("benchmark").asText();
      Path output = folder.resolve(benchmark);
      assertThat(
              program.run(
                  "evaluate",
                  SAMPLES.resolve(expected.path("input").asText()).toString(),
                  "--benchmark",
                  benchmark,
                  "--output",
                  output.toString()))
          .isEqualTo(ExitStatus.DONE);

      JsonNode table = JSON.readTree(output.resolve("evaluation.json").toFile());
      assertThat(table.path("benchmark").asText()).isEqualTo(benchmark);
      close(benchmark, table.path("overall"), expected.path("overall"));
      assertThat(table.path("groups").size()).isEqualTo(expected.path("groups").size());
      expected
          .path("groups")
          .fields()
          .forEachRemaining(
              group -> {
                JsonNode found = table.path("groups").path(group.getKey());
                if (group.getValue().isNumber()) {
                  close(group.getKey(), found.path("value"), group.getValue());
                } else {
                  group
                      .getValue()
                      .fields()
                      .forEachRemaining(
                          figure ->
                              close(
                                  group.getKey(), found.path(figure.getKey()), figure.getValue()));
                }
                assertThat(found.path("low").asDouble())
                    .isLessThanOrEqualTo(found.path("value").asDouble());
                assertThat(found.path("high").asDouble())
                    .isGreaterThanOrEqualTo(found.path("value").asDouble());
                assertThat(found.path("count").asInt()).isPositive();
              });
      assertThat(output.resolve("_SUCCESS")).exists();
      assertThat(output.resolve("evaluation.md")).content().startsWith("# " + benchmark + "\n");
    }
  }

  private static void close(String what, JsonNode found, JsonNode expected) {
    assertThat(found.isNumber()).as(what).isTrue();
    assertThat(found.asDouble()).as(what).isCloseTo(expected.asDouble(), within(1e-12));
  }

  @Test
  void aModelScoresTheBenchmarksOwnFileAndTheSameCommandDoesNothingTwice() throws IOException {
    Path output = folder.resolve("rm");
    String[] call = {
      "evaluate",
      SAMPLES.resolve("rm-bench-chat.json").toString(),
      "--benchmark",
      "rm-bench",
      "--model",
      "demo",
      "--output",
      output.toString()
    };
    assertThat(program.run(call)).isEqualTo(ExitStatus.DONE);
    JsonNode table = JSON.readTree(output.resolve("evaluation.json").toFile());
    JsonNode chat = table.path("groups").path("chat");
    assertThat(chat.path("count").asInt()).isEqualTo(3);
    // The demonstration model was taught to like what is on topic, polite and has a reason.
    assertThat(chat.path("value").asDouble()).isGreaterThan(0.5);
    byte[] first = Files.readAllBytes(output.resolve("evaluation.json"));
    byte[] scored = Files.readAllBytes(output.resolve("_scored/part-00000.jsonl"));

    assertThat(program.run(call)).isEqualTo(ExitStatus.DONE);
    assertThat(output.resolve("evaluation.json")).hasBinaryContent(first);
    assertThat(output.resolve("_scored/part-00000.jsonl")).hasBinaryContent(scored);
    call[3] = "rewardbench2";
    assertThat(program.run(call)).isEqualTo(ExitStatus.WRONG_CALL);
  }

  @Test
  void comparesWithAnEarlierEvaluation() throws IOException {
    Path sample = SAMPLES.resolve("judgebench-scored.jsonl");
    evaluate(sample, "old");
    List<String> rows = new ArrayList<>(Files.readAllLines(sample));
    rows.replaceAll(
        row ->
            row.replace("\"score_A\"", "\"score_C\"")
                .replace("\"score_B\"", "\"score_A\"")
                .replace("\"score_C\"", "\"score_B\""));
    Path other = Files.write(folder.resolve("other.jsonl"), rows);

    assertThat(
            program.run(
                "evaluate",
                other.toString(),
                "--benchmark",
                "judgebench",
                "--output",
                folder.resolve("new").toString(),
                "--compare",
                folder.resolve("old").toString()))
        .isEqualTo(ExitStatus.DONE);

    JsonNode comparison =
        JSON.readTree(folder.resolve("new/evaluation.json").toFile()).path("comparison");
    assertThat(comparison.path("shared").asInt()).isEqualTo(12);
    JsonNode overall = comparison.path("differences").path("overall");
    assertThat(overall.path("there").asDouble()).isCloseTo(8 / 12.0, within(1e-12));
    assertThat(overall.path("here").asDouble()).isCloseTo(4 / 12.0, within(1e-12));
    assertThat(overall.path("real").asBoolean()).isFalse();
    assertThat(program.out()).contains("The difference may be chance: overall -33.33 points");
  }

  private void evaluate(Path input, String name) {
    assertThat(
            program.run(
                "evaluate",
                input.toString(),
                "--benchmark",
                "judgebench",
                "--output",
                folder.resolve(name).toString()))
        .isEqualTo(ExitStatus.DONE);
  }

  @Test
  void aFileOfAnotherLayoutIsAWrongCallAndABadRowIsRejected() throws IOException {
    Path output = folder.resolve("out");
    Path candidates = SAMPLES.resolve("candidates.jsonl");
    assertThat(
            program.run(
                "evaluate",
                candidates.toString(),
                "--benchmark",
                "judgebench",
                "--output",
                output.toString()))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains(
            "candidates.jsonl] has no row that can be used; the first, at offset 0: label: expected"
                + " a string, found no such field (rows without scores need --model, those under a name of"
                + " their own --field)\n");
    assertThat(output).doesNotExist();

    List<String> rows =
        new ArrayList<>(Files.readAllLines(SAMPLES.resolve("judgebench-scored.jsonl")));
    rows.set(1, rows.get(1).replace("\"score_A\": -0.5", "\"score_A\": \"-0.5\""));
    Path bad = Files.write(folder.resolve("bad.jsonl"), rows);
    Path second = folder.resolve("second");
    assertThat(
            program.run(
                "evaluate",
                bad.toString(),
                "--benchmark",
                "judgebench",
                "--output",
                second.toString(),
                "--max-rejected",
                "0"))
        .isEqualTo(ExitStatus.TOO_MANY_REJECTED);
    assertThat(second.resolve("_rejected/part-00000.jsonl"))
        .content()
        .contains("\"kind\": \"wrong-type\"")
        .contains("\"reason\": \"score_A: expected a number, found a string\"");
    assertThat(JSON.readTree(second.resolve("evaluation.json").toFile()).path("count").asInt())
        .isEqualTo(11);
  }

  @Test
  void anIdThatComesTwiceInTheTiesIsRefused() throws IOException {
    List<String> rows =
        new ArrayList<>(Files.readAllLines(SAMPLES.resolve("rewardbench2-scored.jsonl")));
    rows.add(rows.get(0));
    Path input = Files.write(folder.resolve("rows.jsonl"), rows);
    assertThat(
            program.run(
                "evaluate",
                input.toString(),
                "--benchmark",
                "rewardbench2",
                "--output",
                folder.resolve("twice").toString()))
        .as("outside of the ties rows are told apart by how often they came")
        .isEqualTo(ExitStatus.DONE);

    rows.add(rows.get(9));
    Files.write(input, rows);
    assertThat(
            program.run(
                "evaluate",
                input.toString(),
                "--benchmark",
                "rewardbench2",
                "--output",
                folder.resolve("out").toString()))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            "touchstone evaluate: 1 problem:\n  [file:"
                + input
                + "] id: expected each once in the subset Ties, whose rows belong together by their ids,"
                + " found ref:1 again\n");
  }

  @Test
  void aRowThatPrefersNeitherAnswerIsLeftOutAndCounted() throws IOException {
    String row =
        "{\"domain\": \"stem\", \"context\": [{\"role\": \"user\", \"content\": \"What do dogs"
            + " eat?\"}], \"response1\": \"%s\", \"response2\": \"%s\", \"overall_preference\": %d}\n";
    Path input =
        Files.writeString(
            folder.resolve("rows.jsonl"),
            row.formatted("Dogs eat dog food.", "", -2)
                + row.formatted("", "Dogs eat dog food.", 3)
                + row.formatted("Dog food.", "Dog food.", 0));
    Path output = folder.resolve("out");
    assertThat(
            program.run(
                "evaluate",
                input.toString(),
                "--benchmark",
                "helpsteer3",
                "--model",
                "demo",
                "--output",
                output.toString()))
        .isEqualTo(ExitStatus.DONE);
    JsonNode table = JSON.readTree(output.resolve("evaluation.json").toFile());
    assertThat(table.path("overall").asDouble()).isEqualTo(1);
    assertThat(table.path("count").asInt()).isEqualTo(2);
    assertThat(table.path("undecided").asInt()).isEqualTo(1);
    assertThat(program.out())
        .startsWith("Evaluated 2 tasks of helpsteer3; the result lies in " + output + "\n")
        .endsWith("Left out: 1 rows, which prefer neither of their answers.\n");

    Files.writeString(
        input,
        "{\"overall_preference\": 0, \"reward1\": 1, \"reward2\": 2}\n"
            + "{\"overall_preference\": 0, \"reward1\": 1, \"reward2\": 2}\n");
    assertThat(
            program.run(
                "evaluate",
                input.toString(),
                "--benchmark",
                "helpsteer3",
                "--output",
                folder.resolve("none").toString()))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains(
            "input: expected at least one row that prefers one of its answers, found none in 2");
  }

  @Test
  void filesThatAreNotReadAreNamed() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.copy(SAMPLES.resolve("judgebench-scored.jsonl"), in.resolve("rows.json"));
    Files.writeString(in.resolve("dataset_info.json"), "{\n}\n");
    Files.writeString(in.resolve("README.md"), "rows");
    Path output = folder.resolve("out");
    assertThat(
            program.run(
                "evaluate",
                in.toString(),
                "--benchmark",
                "judgebench",
                "--output",
                output.toString()))
        .isEqualTo(ExitStatus.DONE);
    assertThat(program.out())
        .contains("\nSkipped 2 files: README.md, dataset_info.json (one JSON object).\n");
    JsonNode inputs = JSON.readTree(output.resolve("_run.json").toFile()).path("inputs");
    assertThat(inputs.path("files").asInt()).isEqualTo(1);
    assertThat(inputs.path("skippedFiles").asInt()).isEqualTo(2);
    assertThat(inputs.path("skipped").path(0).path("why").asText()).isEqualTo("other-ending");
  }
}
