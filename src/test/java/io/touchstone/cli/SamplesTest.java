package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** Every sample, all in one job, against what transformers scores with the demo checkpoint. */
final class SamplesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SAMPLES = Path.of("data-samples");
  private static final List<String> NAMES =
      List.of(
          "helpsteer",
          "steerlm",
          "helpsteer3",
          "messages",
          "sharegpt",
          "candidates",
          "preference",
          "with-bad-lines");
  private static final List<String> FIELDS =
      List.of("reward", "reward1", "reward2", "rewards", "chosen_reward", "rejected_reward");

  @TempDir Path folder;

  @Test
  void scoresEverySampleAsTransformersDoes() throws IOException {
    Path output = folder.resolve("out");
    run(output, "float");
    for (int i = 0; i < NAMES.size(); i++) {
      List<JsonNode> rows = rows(output, i);
      List<JsonNode> expected = expected(NAMES.get(i));
      assertThat(rows).as(NAMES.get(i)).hasSameSizeAs(expected);
      for (int r = 0; r < rows.size(); r++) {
        List<Double> scores = scores(rows.get(r));
        JsonNode wanted = expected.get(r).get("scores");
        assertThat(scores).as("%s row %d", NAMES.get(i), r).hasSize(wanted.size());
        for (int s = 0; s < scores.size(); s++) {
          assertThat(Math.abs(scores.get(s) - wanted.get(s).asDouble()))
              .as("%s row %d", NAMES.get(i), r)
              .isLessThanOrEqualTo(1e-4);
        }
      }
    }
  }

  @Test
  void labelsAreTheRoundedScores() throws IOException {
    Path output = folder.resolve("out");
    run(output, "rounded");
    for (int i = 0; i < NAMES.size(); i++) {
      List<JsonNode> rows = rows(output, i);
      List<JsonNode> expected = expected(NAMES.get(i));
      for (int r = 0; r < rows.size(); r++) {
        List<Double> labels = new ArrayList<>();
        expected.get(r).get("labels").forEach(label -> labels.add(label.asDouble()));
        assertThat(scores(rows.get(r))).as("%s row %d", NAMES.get(i), r).isEqualTo(labels);
      }
    }
  }

  @Test
  void theSameBitsInOnePieceInSevenAndInAnotherOrder() throws IOException {
    Path sample = SAMPLES.resolve("helpsteer.jsonl");
    List<String> lines = new ArrayList<>(Files.readAllLines(sample));
    Path whole = folder.resolve("whole");
    annotate(sample, whole);
    Path pieces = folder.resolve("pieces");
    annotate(sample, pieces, "--piece-bytes", String.valueOf(Files.size(sample) / 7 + 1));
    assertThat(pieces.resolve("part-00006.jsonl")).exists();
    assertThat(rows(pieces)).isEqualTo(rows(whole));

    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Collections.shuffle(lines, new Random(seed));
    Path shuffled = Files.write(folder.resolve("shuffled.jsonl"), lines);
    Path other = folder.resolve("other");
    annotate(shuffled, other);
    assertThat(rows(other)).containsExactlyInAnyOrderElementsOf(rows(whole));
  }

  @Test
  void rowsOfAPromptThatLieApartShareItsTokensAndKeepTheirBitsAndPlaces() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int prompt = 0; prompt < 10; prompt++) {
      for (int response = 0; response < 6; response++) {
        lines.add(
            "{\"prompt\": \"%s\", \"response\": \"%s\"}"
                .formatted(
                    "Why do stars twinkle? ".repeat(20) + prompt, "a ".repeat(response) + prompt));
      }
    }
    Collections.shuffle(lines, random);
    Path shuffled = Files.write(folder.resolve("shuffled.jsonl"), lines);
    Path apart = folder.resolve("apart");
    // A model that is read in another way has a replica of its own in this process, of small loads.
    String[] small = {"--load-tokens", "256", "--template-date", "2019-03-04"};
    annotate(shuffled, apart, with(small, "--group-bytes", "none"));
    Path grouped = folder.resolve("grouped");
    annotate(shuffled, grouped, small);
    assertThat(rows(grouped)).isEqualTo(rows(apart));
    assertThat(tokens(grouped, "presented")).isEqualTo(tokens(apart, "presented"));
    assertThat(tokens(grouped, "computed")).isLessThan(tokens(apart, "computed") * 2 / 3);
  }

  private static String[] with(String[] flags, String... more) {
    return Stream.of(flags, more).flatMap(Stream::of).toArray(String[]::new);
  }

  private static long tokens(Path output, String which) throws IOException {
    return JSON.readTree(Files.readAllBytes(output.resolve("_run.json")))
        .path("tokens")
        .path(which)
        .asLong();
  }

  @Test
  void numbersThatOtherReadersCannotHoldKeepTheirDigits() throws IOException {
    String tail = ", \"id\":98765432109876543210, \"n\": {\"ratio\": -1e400, \"w\" : 2.500}";
    Path input =
        Files.writeString(
            folder.resolve("in.jsonl"),
            "{\"prompt\": \"p\", \"responses\": [\"a\", \"b\"]" + tail + "}\n");
    Path scored = folder.resolve("scored");
    annotate(input, scored);
    assertThat(rows(scored).get(0)).contains("]" + tail + ", \"rewards\": [");
    Path best = folder.resolve("best");
    run(List.of("select", scored.toString(), "--output", best.toString()));
    assertThat(rows(best).get(0))
        .startsWith("{\"input\": \"p\", \"output\": ")
        .endsWith(tail + "}");
  }

  private void annotate(Path input, Path output, String... flags) {
    List<String> call =
        new ArrayList<>(List.of("annotate", input.toString(), "--output", output.toString()));
    call.addAll(List.of(flags));
    run(call);
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

  private void run(Path output, String labels) {
    List<String> call = new ArrayList<>(List.of("annotate"));
    NAMES.forEach(name -> call.add(SAMPLES.resolve(name + ".jsonl").toString()));
    call.addAll(List.of("--output", output.toString(), "--labels", labels));
    run(call);
  }

  private static void run(List<String> call) {
    Program program = Program.installed();
    ExitStatus status = program.run(call);
    assertThat(program.err()).isEmpty();
    assertThat(status).isEqualTo(ExitStatus.DONE);
  }

  private static List<JsonNode> rows(Path output, int piece) throws IOException {
    return json(output.resolve("part-0000" + piece + ".jsonl"));
  }

  /** Of the lines that can be scored. */
  private static List<JsonNode> expected(String name) throws IOException {
    return json(SAMPLES.resolve("expected").resolve(name + ".jsonl")).stream()
        .filter(line -> line.has("scores"))
        .toList();
  }

  private static List<JsonNode> json(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private static List<Double> scores(JsonNode row) {
    List<Double> scores = new ArrayList<>();
    for (String field : FIELDS) {
      JsonNode value = row.path(field);
      if (value.isArray()) {
        value.forEach(one -> scores.add(one.asDouble()));
      } else if (value.isNumber()) {
        scores.add(value.asDouble());
      }
    }
    if (row.has("mask")) {
      for (JsonNode turn : row.get("conversations")) {
        if (!turn.get("from").equals(row.get("mask")) && turn.path("label").isTextual()) {
          scores.add(Double.parseDouble(turn.get("label").asText().split(":")[1]));
        }
      }
    }
    return scores;
  }

  @Test
  void whatMayBeAWrongTextIsToldWithoutASummaryToo() throws IOException {
    Path rows = folder.resolve("rows.jsonl");
    Files.writeString(
        rows, "{\"prompt\": \"Hi\", \"response\": \"Hello\", \"generation\": \"Bye\"}\n");

    Program program = Program.installed();
    assertThat(
            program.run(
                "annotate", rows.toString(), "--output", folder.resolve("o").toString(), "--quiet"))
        .isEqualTo(ExitStatus.DONE);

    assertThat(program.out()).isEmpty();
    assertThat(program.err())
        .isEqualTo(
            "touchstone annotate: fields that look like answers were not read: generation (1)"
                + " rows. --format and --map say which fields are meant.\n");
  }
}
