package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.cli.call.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows in the shapes of published data, against what transformers scores: {@code rows} of the
 * shared fixtures, whose {@code expected.jsonl} says for each line what is scored, with how many
 * tokens, or why the line is rejected.
 */
final class RowFixturesTest {
  private static final String PROPERTY = "touchstone.fixtures";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Offset<Double> NEAR = Offset.offset(1e-4);

  @TempDir Path folder;

  /** A call, and what is expected of lines of its file. */
  private record Call(Path input, List<String> flags, String model) {}

  @TestFactory
  Stream<DynamicTest> scoresEachLineAsTransformersDoes() throws IOException {
    String fixtures = System.getProperty(PROPERTY, "");
    assumeFalse(
        fixtures.isEmpty(), "no shared fixtures: system property " + PROPERTY + " is unset");
    Path rows = Path.of(fixtures, "rows");
    Map<Call, Map<Integer, JsonNode>> calls = new LinkedHashMap<>();
    for (JsonNode line : JsonLines.of(rows.resolve("expected.jsonl"))) {
      List<String> flags = new ArrayList<>();
      line.get("flags").forEach(flag -> flags.add(flag.asText()));
      Call call =
          new Call(
              rows.resolve(line.get("file").asText()),
              flags,
              line.path("model").asText().equals("toolmodel")
                  ? rows.resolve("toolmodel").toString()
                  : "");
      // A line that is rejected needs no model: it belongs to the call of its file.
      Call same =
          calls.keySet().stream()
              .filter(each -> each.input.equals(call.input) && each.flags.equals(flags))
              .findFirst()
              .orElse(call);
      calls.computeIfAbsent(same, any -> new TreeMap<>()).put(line.get("line").asInt(), line);
    }
    assertThat(calls).isNotEmpty();
    return calls.entrySet().stream()
        .map(
            call ->
                DynamicTest.dynamicTest(
                    call.getKey().input.getFileName() + " " + call.getKey().flags,
                    () -> check(call.getKey(), call.getValue())));
  }

  private void check(Call call, Map<Integer, JsonNode> expected) throws IOException {
    Path output = Files.createTempDirectory(folder, "out").resolve("out");
    List<String> args = new ArrayList<>(List.of("annotate", call.input.toString()));
    args.addAll(List.of("--output", output.toString()));
    args.addAll(call.flags);
    if (!call.model.isEmpty()) {
      args.addAll(List.of("--model", call.model));
    }
    Program program = Program.installed();
    ExitStatus status = program.run(args);
    boolean any = expected.values().stream().anyMatch(line -> !line.has("rejected"));
    assertThat(status)
        .as(program.err())
        .isEqualTo(any ? ExitStatus.DONE : ExitStatus.TOO_MANY_REJECTED);

    List<JsonNode> lines = lines(call.input);
    List<JsonNode> scored = JsonLines.of(output.resolve("part-00000.jsonl"));
    Map<JsonNode, JsonNode> rejected = new LinkedHashMap<>();
    Path aside = output.resolve("_rejected/part-00000.jsonl");
    for (JsonNode line : Files.exists(aside) ? JsonLines.of(aside) : List.<JsonNode>of()) {
      rejected.put(JSON.readTree(line.get("line").asText()), line);
    }
    assertThat(scored.size() + rejected.size()).isEqualTo(lines.size());
    long tokens = 0;
    int next = 0;
    for (int i = 0; i < lines.size(); i++) {
      JsonNode reason = rejected.get(lines.get(i));
      JsonNode row = reason == null ? scored.get(next++) : reason;
      JsonNode wanted = expected.get(i);
      if (wanted == null) {
        continue;
      }
      if (wanted.has("rejected")) {
        assertThat(row.path("kind")).as("line %d", i).isEqualTo(wanted.get("rejected"));
      } else {
        assertThat(reason).as("line %d", i).isNull();
        assertScores(row, wanted, i);
        tokens += tokens(wanted.get("tokens"));
      }
    }
    if (expected.size() == lines.size()) {
      JsonNode run = JSON.readTree(output.resolve("_run.json").toFile());
      assertThat(run.at("/tokens/presented").asLong(-1)).isEqualTo(tokens);
    }
  }

  private static void assertScores(JsonNode row, JsonNode wanted, int line) {
    if (wanted.has("label")) {
      String[] parts = wanted.get("label").asText().split(":");
      List<String> labels = new ArrayList<>();
      row.get("conversations")
          .forEach(turn -> turn.path("label").asText("").lines().forEach(labels::add));
      assertThat(labels).hasSize(1);
      assertThat(labels.get(0)).startsWith(parts[0] + ":");
      assertThat(Double.parseDouble(labels.get(0).split(":")[1]))
          .isCloseTo(Double.parseDouble(parts[1]), NEAR);
      return;
    }
    wanted
        .get("scores")
        .fields()
        .forEachRemaining(
            score -> {
              List<JsonNode> found = elements(row.path(score.getKey()));
              List<JsonNode> scores = elements(score.getValue());
              assertThat(found).as("line %d, %s", line, score.getKey()).hasSameSizeAs(scores);
              for (int i = 0; i < scores.size(); i++) {
                assertThat(found.get(i).isNull()).isEqualTo(scores.get(i).isNull());
                assertThat(found.get(i).asDouble())
                    .as("line %d, %s", line, score.getKey())
                    .isCloseTo(scores.get(i).asDouble(), NEAR);
              }
            });
  }

  private static List<JsonNode> elements(JsonNode value) {
    List<JsonNode> elements = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(elements::add);
    } else if (!value.isMissingNode()) {
      elements.add(value);
    }
    return elements;
  }

  private static long tokens(JsonNode counts) {
    return counts.isContainerNode()
        ? elementsOf(counts).stream().mapToLong(RowFixturesTest::tokens).sum()
        : counts.asLong();
  }

  private static List<JsonNode> elementsOf(JsonNode container) {
    List<JsonNode> elements = new ArrayList<>();
    container.forEach(elements::add);
    return elements;
  }

  private static List<JsonNode> lines(Path input) throws IOException {
    String text = Files.readString(input);
    return text.startsWith("[") ? elements(JSON.readTree(text)) : JsonLines.of(input);
  }
}
