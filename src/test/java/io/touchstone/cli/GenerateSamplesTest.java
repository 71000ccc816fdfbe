package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.cli.call.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demonstration generator answers to the sample, and what other jobs make of it. */
final class GenerateSamplesTest {
  private static final Path SAMPLES = Path.of("data-samples");
  private static final Path QUESTIONS = SAMPLES.resolve("questions.jsonl");

  @TempDir Path folder;

  @Test
  void greedyAnswersAreThoseOfTransformers() throws IOException {
    Path output = folder.resolve("out");
    generate(QUESTIONS, output, "--greedy");
    assertAnswers(output, "generate-greedy");
  }

  @Test
  void thoughtsStandApartFromTheirAnswers() throws IOException {
    Path output = folder.resolve("out");
    generate(QUESTIONS, output, "--greedy", "--thinking", "on");
    assertAnswers(output, "generate-thinking");
  }

  private static void assertAnswers(Path output, String name) throws IOException {
    List<JsonNode> expected = JsonLines.of(SAMPLES.resolve("expected").resolve(name + ".jsonl"));
    List<JsonNode> found = JsonLines.of(output.resolve("part-00000.jsonl"));
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      JsonNode wanted = expected.get(i);
      JsonNode row = found.get(i);
      assertThat(row.at("/responses/0")).as("row %d", i).isEqualTo(wanted.get("response"));
      assertThat(row.at("/thoughts/0")).as("row %d", i).isEqualTo(wanted.get("thought"));
      assertThat(row.at("/finishes/0")).as("row %d", i).isEqualTo(wanted.get("finish"));
      assertThat(row.at("/token_counts/0")).as("row %d", i).isEqualTo(wanted.get("tokens"));
      assertThat(row.at("/logprob_sums/0").asDouble())
          .as("row %d", i)
          .isCloseTo(wanted.get("logprob_sum").asDouble(), within(1e-4));
    }
  }

  @Test
  void theSameSamplesInAnyOrderInOnePieceOrManyAndForARowAlone() throws IOException {
    String[] sampled = {"--samples", "3", "--temperature", "1", "--seed", "5"};
    List<String> lines = new ArrayList<>(Files.readAllLines(QUESTIONS));
    Path whole = folder.resolve("whole");
    generate(QUESTIONS, whole, sampled);
    List<String> rows = rows(whole);
    assertThat(rows).hasSize(lines.size());

    Path alone = Files.write(folder.resolve("alone.jsonl"), lines.subList(4, 5));
    generate(alone, folder.resolve("one"), sampled);
    assertThat(rows(folder.resolve("one"))).containsExactly(rows.get(4));

    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Collections.shuffle(lines, new Random(seed));
    Path shuffled = Files.write(folder.resolve("shuffled.jsonl"), lines);
    String pieceBytes = String.valueOf(Files.size(QUESTIONS) / 3);
    generate(
        shuffled,
        folder.resolve("other"),
        with(sampled, "--piece-bytes", pieceBytes, "--threads", "2", "--load-tokens", "64"));
    assertThat(folder.resolve("other/part-00002.jsonl")).exists();
    assertThat(rows(folder.resolve("other"))).containsExactlyInAnyOrderElementsOf(rows);

    generate(QUESTIONS, folder.resolve("reseeded"), with(sampled, "--restart"));
    assertThat(rows(folder.resolve("reseeded"))).isEqualTo(rows);
    generate(
        QUESTIONS, folder.resolve("sown"), "--samples", "3", "--temperature", "1", "--seed", "6");
    assertThat(rows(folder.resolve("sown"))).isNotEqualTo(rows);
  }

  @Test
  void candidatesAreScoredChosenFromAndReportedOnWithoutAFlag() throws IOException {
    Path candidates = folder.resolve("candidates");
    Path scored = folder.resolve("scored");
    Path best = folder.resolve("best");
    generate(QUESTIONS, candidates, "--samples", "4", "--temperature", "1");
    run("report", candidates.toString());
    assertThat(Files.readString(candidates.resolve("_report.html")))
        .contains("<h1><bdi>Answers of ")
        .contains("data-samples/demo-generator</bdi> (LlamaForCausalLM, fp32)");
    run("annotate", candidates.toString(), "--output", scored.toString(), "--field", "helpful");
    run("report", scored.toString());
    assertThat(Files.readString(scored.resolve("_report.html")))
        .contains("<h2>Generated answers</h2>")
        .contains("<h2><bdi>helpful</bdi></h2>");
    run("select", scored.toString(), "--output", best.toString(), "--by", "helpful");

    List<JsonNode> rows = JsonLines.of(scored.resolve("part-00000.jsonl"));
    List<JsonNode> chosen = JsonLines.of(best.resolve("part-00000.jsonl"));
    assertThat(chosen).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      JsonNode row = rows.get(i);
      assertThat(row.get("responses")).hasSize(4);
      assertThat(row.get("helpful")).hasSize(4);
      double highest =
          Stream.of(0, 1, 2, 3)
              .mapToDouble(k -> row.get("helpful").get(k).asDouble())
              .max()
              .getAsDouble();
      assertThat(chosen.get(i).get("reward").asDouble()).isEqualTo(highest);
      assertThat(chosen.get(i).get("input")).isEqualTo(row.get("prompt"));
    }
  }

  @Test
  void aFinishedFolderIsLeftAndOneOfOtherRulesRefused() {
    Path output = folder.resolve("out");
    generate(QUESTIONS, output, "--greedy");
    Program again = program();
    assertThat(again.run(call(QUESTIONS, output, "--greedy"))).isEqualTo(ExitStatus.DONE);
    assertThat(again.out())
        .startsWith("An earlier run had answered 8 of 8 rows; the result lies in ");

    assertThat(again.run(call(QUESTIONS, output, "--temperature", "1")))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(again.err())
        .contains("generation.decoding: was greedy, is sampling")
        .contains("generation.temperature: was not set, is 1.0");
  }

  private static String[] with(String[] flags, String... more) {
    return Stream.of(flags, more).flatMap(Stream::of).toArray(String[]::new);
  }

  private static List<String> rows(Path output) throws IOException {
    List<String> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(output)) {
      for (Path part : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        rows.addAll(Files.readAllLines(part));
      }
    }
    return rows;
  }

  private static List<String> call(Path input, Path output, String... flags) {
    List<String> call =
        new ArrayList<>(
            List.of(
                "generate",
                input.toString(),
                "--output",
                output.toString(),
                "--model",
                "demo",
                "--max-new-tokens",
                "96"));
    call.addAll(List.of(flags));
    return call;
  }

  private static void generate(Path input, Path output, String... flags) {
    run(call(input, output, flags).toArray(String[]::new));
  }

  private static Program program() {
    return Program.installed();
  }

  private static void run(String... call) {
    Program program = program();
    ExitStatus status = program.run(call);
    assertThat(program.err()).isEmpty();
    assertThat(status).isEqualTo(ExitStatus.DONE);
  }
}
