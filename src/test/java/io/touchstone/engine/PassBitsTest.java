package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.engine.device.ThisProcessor;
import io.touchstone.generation.CausalModel;
import io.touchstone.generation.CausalModel.Feed;
import io.touchstone.generation.CausalModel.Sequence;
import io.touchstone.generation.Logits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A sequence's logits must not depend on what is computed beside it, nor on how it comes. */
final class PassBitsTest {
  private static final Path REFERENCES = Path.of("src/test/resources/references");
  private static final List<String> MODELS =
      List.of(
          "gemma2-causal",
          "gemma3-causal",
          "granite-causal",
          "llama-causal",
          "llama-tied",
          "mistral-causal",
          "nemotron-causal",
          "nemotron-shapes",
          "olmo2-causal",
          "qwen2-causal",
          "qwen2-fp8",
          "qwen2-window",
          "qwen3-causal");

  static Stream<Arguments> modelsAndPrecisions() {
    return MODELS.stream()
        .flatMap(
            model -> Stream.of(Precision.values()).map(precision -> arguments(model, precision)));
  }

  /**
   * A text: its prompt, and what is generated.
   *
   * @param generated ids, whatever the logits say
   */
  private record Text(int[] prompt, int[] generated) {}

  /** What was seen after each position that was asked about. */
  private record Seen(float[] logits, int argmax, double logSumExp) {}

  @ParameterizedTest
  @MethodSource("modelsAndPrecisions")
  void logitsHaveTheSameBitsInAnyCompanyAndInAnyPasses(String name, Precision precision) {
    ThisProcessor.assumeHas(precision);
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Checkpoint checkpoint = Checkpoint.open(REFERENCES.resolve(name));
    try (CausalModel model = open(checkpoint, precision, 1);
        CausalModel threaded = open(checkpoint, precision, 3)) {
      List<Text> texts = texts(random, checkpoint.decoder().vocabSize());
      List<List<Seen>> alone = new ArrayList<>();
      for (Text text : texts) {
        alone.add(run(model, List.of(text), new Random(1), false).get(0));
      }
      for (int round = 0; round < 4; round++) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
          order.add(i);
        }
        Collections.shuffle(order, random);
        List<Integer> some = order.subList(0, 1 + random.nextInt(order.size()));
        List<List<Seen>> found =
            run(
                round % 2 == 0 ? model : threaded,
                some.stream().map(texts::get).toList(),
                random,
                true);
        for (int i = 0; i < some.size(); i++) {
          Text text = texts.get(some.get(i));
          assertSame(
              found.get(i),
              alone.get(some.get(i)),
              "text %d of %d tokens".formatted(some.get(i), text.prompt.length));
        }
      }
    }
  }

  private static void assertSame(List<Seen> found, List<Seen> expected, String what) {
    assertThat(found).as(what).hasSameSizeAs(expected);
    for (int s = 0; s < found.size(); s++) {
      assertThat(Arrays.mismatch(found.get(s).logits, expected.get(s).logits))
          .as("first logit that differs in %s, %d", what, s)
          .isNegative();
      assertThat(found.get(s).argmax).isEqualTo(expected.get(s).argmax);
      assertThat(found.get(s).logSumExp).isEqualTo(expected.get(s).logSumExp);
    }
  }

  @ParameterizedTest
  @MethodSource("modelsAndPrecisions")
  void stepsSayWhatAPromptOfTheSameTokensSays(String name, Precision precision) {
    ThisProcessor.assumeHas(precision);
    Checkpoint checkpoint = Checkpoint.open(REFERENCES.resolve(name));
    Random random = new Random(7);
    try (CausalModel model = open(checkpoint, precision, 2)) {
      int[] ids = random.ints(300, 0, checkpoint.decoder().vocabSize()).toArray();
      Text steps = new Text(Arrays.copyOf(ids, 40), Arrays.copyOfRange(ids, 40, 300));
      List<Seen> seen = run(model, List.of(steps), random, false).get(0);
      for (int n : new int[] {41, 128, 129, 130, 255, 256, 257, 300}) {
        Text prompt = new Text(Arrays.copyOf(ids, n), new int[0]);
        Seen at = run(model, List.of(prompt), random, false).get(0).get(0);
        Seen stepped = seen.get(n - 40);
        float[] expected = at.logits;
        for (int i = 0; i < expected.length; i++) {
          assertThat(stepped.logits[i])
              .as("%d tokens, id %d", n, i)
              .isCloseTo(expected[i], within(precision == Precision.FP32 ? 1e-4f : 0.1f));
        }
        assertThat(stepped.logSumExp).isCloseTo(logSumExp(stepped.logits), within(1e-5));
        assertThat(stepped.logits[stepped.argmax]).isEqualTo(largest(stepped.logits));
      }
    }
  }

  private static double logSumExp(float[] logits) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    return Math.log(sum);
  }

  private static float largest(float[] logits) {
    float largest = logits[0];
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    return largest;
  }

  private static CausalModel open(Checkpoint checkpoint, Precision precision, int threads) {
    return CausalModels.open(
        checkpoint, Processor.cpu(precision), new Resources(threads, 1L << 30, 0));
  }

  /** A text on its way. */
  private static final class Row {
    private final Text text;
    private @Nullable Sequence sequence;
    private final List<Seen> seen = new ArrayList<>();
    private int generated;

    private Row(Text text) {
      this.text = text;
    }

    private boolean isDone() {
      return seen.size() > text.generated.length;
    }

    /** Some of its next tokens. */
    private Feed feed(CausalModel model, Random random) {
      int tokens = sequence.tokens();
      if (tokens < text.prompt.length) {
        int left = text.prompt.length - tokens;
        int chunks = (left + model.chunk() - 1) / model.chunk();
        int end =
            Math.min(text.prompt.length, tokens + model.chunk() * (1 + random.nextInt(chunks)));
        return new Feed(
            sequence, Arrays.copyOfRange(text.prompt, tokens, end), end == text.prompt.length);
      }
      return new Feed(sequence, new int[] {text.generated[generated++]}, true);
    }
  }

  /**
   * Runs texts together, each starting when it happens to, with other ones that begin like it.
   *
   * @param mixed whether rows wait at random, and begin as forks where they can
   */
  private static List<List<Seen>> run(
      CausalModel model, List<Text> texts, Random random, boolean mixed) {
    List<Row> rows = texts.stream().map(Row::new).toList();
    List<Row> alive = new ArrayList<>(rows);
    while (!alive.isEmpty()) {
      List<Row> now =
          mixed ? alive.stream().filter(row -> random.nextInt(4) > 0).toList() : List.copyOf(alive);
      List<Row> fed = new ArrayList<>();
      for (Row row : now) {
        if (row.sequence == null) {
          row.sequence = begin(model, row, rows, mixed);
        }
      }
      List<Feed> feeds = new ArrayList<>();
      for (Row row : now) {
        int taken = feeds.stream().mapToInt(feed -> feed.ids().length).sum();
        if (taken + row.text.prompt.length <= model.memory().passTokens()) {
          feeds.add(row.feed(model, random));
          fed.add(row);
        }
      }
      List<Logits> logits = model.pass(feeds);
      int next = 0;
      for (int f = 0; f < feeds.size(); f++) {
        if (feeds.get(f).logits()) {
          Logits of = logits.get(next++);
          fed.get(f).seen.add(new Seen(of.all(), of.argmax(), of.logSumExp()));
        }
      }
      // Forks need those that they began with no more.
      alive.stream().filter(Row::isDone).forEach(row -> row.sequence.close());
      alive.removeIf(Row::isDone);
    }
    return rows.stream().map(row -> row.seen).toList();
  }

  private static Sequence begin(CausalModel model, Row row, List<Row> rows, boolean mixed) {
    if (mixed) {
      for (Row other : rows) {
        if (other != row && other.sequence != null && !other.isDone()) {
          int shared = Arrays.mismatch(other.text.prompt, row.text.prompt);
          int same =
              Math.min(
                  shared < 0 ? row.text.prompt.length : shared,
                  Math.min(other.sequence.tokens(), row.text.prompt.length - 1));
          int whole = same / model.chunk() * model.chunk();
          Sequence fork = whole > 0 ? model.fork(other.sequence, whole) : null;
          if (fork != null) {
            return fork;
          }
        }
      }
    }
    return model.begin();
  }

  /** Short and long ones, ends at and beside the borders of chunks, and samples of others. */
  private static List<Text> texts(Random random, int vocabulary) {
    List<Text> texts = new ArrayList<>();
    int[] lengths = {1, 2, 63, 64, 127, 128, 129, 130, 255, 256, 257, 700};
    for (int i = 0; i < 26; i++) {
      int length = i < lengths.length ? lengths[i] : 1 + random.nextInt(400);
      int[] prompt = random.ints(length, 0, vocabulary).toArray();
      if (i > lengths.length && random.nextInt(2) == 0) {
        int other = random.nextInt(i);
        int[] its = texts.get(other).prompt;
        int same = Math.min(its.length, length);
        System.arraycopy(its, 0, prompt, 0, same);
      }
      texts.add(new Text(prompt, random.ints(random.nextInt(20), 0, vocabulary).toArray()));
    }
    return texts;
  }
}
