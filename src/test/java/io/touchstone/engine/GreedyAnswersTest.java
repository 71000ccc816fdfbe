package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.MambaSteps;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.generation.CausalModel;
import io.touchstone.generation.CausalModel.Feed;
import io.touchstone.generation.CausalModel.Sequence;
import io.touchstone.generation.Logits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What transformers generates greedily, token by token, with all rows under way together. */
final class GreedyAnswersTest {
  private static final float ALLOWED = 1e-4f;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gemma2-causal",
        "gemma3-causal",
        "granite-causal",
        "llama-causal",
        "llama-tied",
        "mistral-causal",
        "nemotron-causal",
        "nemotron-shapes",
        "olmo2-causal",
        "phi3-causal",
        "qwen2-causal",
        "qwen2-window",
        "qwen3-causal"
      })
  void generatesWhatTransformersDidWithOurs(String name) throws IOException {
    Path references = Path.of("src/test/resources/references");
    agree(references.resolve(name), references.resolve("expected/" + name + ".generated.jsonl"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama-edit.greedy",
        "llama-edit.edit",
        "qwen3-thinking.thinking",
        "qwen3-thinking.no-thinking",
        "nemotron-nano.thinking.as-published",
        "nemotron-nano.no-thinking.as-published"
      })
  void generatesWhatTransformersDoes(String name) throws IOException {
    Path models = fixtures();
    agree(
        models.resolve(name.substring(0, name.indexOf('.'))),
        models.resolve("expected").resolve(name + ".jsonl"));
  }

  /** transformers 5.23.0 steps through prompts by more than time_step_limit asks for. */
  @ParameterizedTest
  @ValueSource(strings = {"nemotron-nano.thinking", "nemotron-nano.no-thinking"})
  void generatesWhatTransformersDoesWithStepsAsItHasThem(String name) throws IOException {
    Path models = fixtures();
    agree(
        openAsTransformers5(models.resolve("nemotron-nano")),
        models.resolve("expected").resolve(name + ".jsonl"));
  }

  /** Among them prompts whose last token is a chunk by itself. */
  @ParameterizedTest
  @ValueSource(strings = {"nemotron-causal", "nemotron-shapes"})
  void generatesWhatTransformersDidWithOursWithStepsAsItHasThem(String name) throws IOException {
    Path references = Path.of("src/test/resources/references");
    agree(
        openAsTransformers5(references.resolve(name)),
        references.resolve("expected/" + name + ".transformers5.jsonl"));
  }

  private static CausalModel openAsTransformers5(Path folder) {
    return CausalModels.open(
        Checkpoint.open(folder, Checkpoint.Reading.defaults().with(MambaSteps.TRANSFORMERS5)),
        Processor.cpu(Precision.FP32),
        new Resources(2, 1L << 30, 0));
  }

  @Test
  void weighsAnswersToAPrincipleAsTransformersDoes() throws IOException {
    Path models = fixtures();
    for (String name : List.of("llama-edit", "qwen3-thinking")) {
      try (CausalModel model = open(models.resolve(name), 1)) {
        for (JsonNode row : rows(models.resolve("expected/" + name + ".principle.jsonl"))) {
          try (Sequence sequence = model.begin()) {
            Logits logits =
                model.pass(List.of(new Feed(sequence, ints(row.get("prompt_ids")), true))).get(0);
            int yes = row.get("yes_id").asInt();
            assertThat(logits.at(yes)).isCloseTo(number(row, "yes_logit"), within(ALLOWED));
            assertThat((float) (logits.at(yes) - logits.logSumExp()))
                .isCloseTo(number(row, "yes_logprob"), within(ALLOWED));
            assertThat(logits.at(row.get("no_id").asInt()))
                .isCloseTo(number(row, "no_logit"), within(ALLOWED));
          }
        }
      }
    }
  }

  private static Path fixtures() {
    String fixtures = System.getProperty("touchstone.fixtures", "");
    Assumptions.assumeFalse(
        fixtures.isEmpty(), "no shared fixtures: system property touchstone.fixtures is unset");
    return Path.of(fixtures, "generation", "models");
  }

  private static CausalModel open(Path folder, int threads) {
    return CausalModels.open(
        Checkpoint.open(folder),
        Processor.cpu(Precision.FP32),
        new Resources(threads, 1L << 30, 0));
  }

  private static List<JsonNode> rows(Path file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : (Iterable<String>) lines::iterator) {
        rows.add(new ObjectMapper().readTree(line));
      }
    }
    return rows;
  }

  /** A row on its way. */
  private static final class Row {
    private final JsonNode expected;
    private final Sequence sequence;
    private final List<Integer> ids = new ArrayList<>();
    private int[] next;

    private Row(JsonNode expected, Sequence sequence) {
      this.expected = expected;
      this.sequence = sequence;
      this.next = ints(expected.get("prompt_ids"));
    }

    private boolean isDone() {
      return ids.size() == expected.get("ids").size();
    }

    private void take(Logits logits) {
      int step = ids.size();
      if (step == 0) {
        assertLogits(logits, "first_logits");
      }
      int id = logits.argmax();
      assertThat(id)
          .as("%s, token %d", expected.get("id"), step)
          .isEqualTo(expected.get("ids").get(step).asInt());
      assertThat((float) (logits.at(id) - logits.logSumExp()))
          .isCloseTo(expected.get("logprobs").get(step).floatValue(), within(ALLOWED));
      ids.add(id);
      if (isDone()) {
        assertLogits(logits, "last_logits");
      }
      next = new int[] {id};
    }

    /** Not all files have them. */
    private void assertLogits(Logits logits, String field) {
      if (!expected.has(field)) {
        return;
      }
      float[] found = logits.all();
      float[] wanted = floats(expected.get(field));
      assertThat(found).hasSameSizeAs(wanted);
      for (int i = 0; i < wanted.length; i++) {
        assertThat(found[i]).as("%s of id %d", field, i).isCloseTo(wanted[i], within(ALLOWED));
      }
    }
  }

  private static void agree(Path folder, Path expected) throws IOException {
    agree(open(folder, 2), expected);
  }

  private static void agree(CausalModel opened, Path expected) throws IOException {
    try (CausalModel model = opened) {
      List<Row> rows = rows(expected).stream().map(row -> new Row(row, model.begin())).toList();
      assertThat(rows).isNotEmpty();
      List<Row> alive = rows;
      while (!alive.isEmpty()) {
        List<Feed> feeds =
            alive.stream().map(row -> new Feed(row.sequence, row.next, true)).toList();
        List<Logits> logits = model.pass(feeds);
        for (int r = 0; r < alive.size(); r++) {
          alive.get(r).take(logits.get(r));
        }
        alive = alive.stream().filter(row -> !row.isDone()).toList();
      }
      rows.forEach(row -> row.sequence.close());
    }
  }

  private static float number(JsonNode row, String field) {
    return row.get(field).floatValue();
  }

  private static int[] ints(JsonNode list) {
    return IntStream.range(0, list.size()).map(i -> list.get(i).asInt()).toArray();
  }

  private static float[] floats(JsonNode list) {
    float[] values = new float[list.size()];
    int i = 0;
    for (JsonNode value : list) {
      values[i++] = value.floatValue();
    }
    return values;
  }
}
