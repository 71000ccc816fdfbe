package io.touchstone.engine;

import com.sun.management.OperatingSystemMXBean;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.generation.CausalModel;
import io.touchstone.generation.CausalModel.Feed;
import io.touchstone.generation.CausalModel.Sequence;
import io.touchstone.generation.Logits;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * How near rows that generate come to the machine's ceiling.
 *
 * <pre>
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath.txt
 * java @jobs/lib/jvm.options -cp target/test-classes:target/classes:$(cat target/test-classpath.txt) \
 *     io.touchstone.engine.DecodeBenchmark MODEL_FOLDER [ROWS] [PROMPT_TOKENS] [NEW_TOKENS]
 * </pre>
 *
 * <p>Random prompts, of half as many tokens up to half as many more, are computed in passes as
 * large as they may be; then all rows generate greedily. Every eight steps alternate with fp32
 * matrix products at the shapes of the model's layers, one product per thread; the ceiling is the
 * mean of the rates before and after. Times are the processor's, of all threads over their number:
 * what others take of the machine counts nothing, nor does waiting. The share counts the products
 * of all linear layers and of the head; attention, norms and sampling count nothing.
 */
final class DecodeBenchmark {
  private static final int STEPS_AT_ONCE = 8;

  private final GemmCeiling gemm;
  private final DecoderConfig config;
  private final CausalModel model;
  private final int threads;

  private DecodeBenchmark(GemmCeiling gemm, DecoderConfig config, CausalModel model, int threads) {
    this.threads = threads;
    this.gemm = gemm;
    this.config = config;
    this.model = model;
  }

  public static void main(String[] args) {
    Checkpoint checkpoint = Checkpoint.open(Path.of(args[0]));
    int rows = number(args, 1, 64);
    int prompt = number(args, 2, 115);
    int steps = number(args, 3, 64);
    int threads = Runtime.getRuntime().availableProcessors();
    GemmCeiling gemm = GemmCeiling.ofProcessorTime(checkpoint.decoder(), threads);
    try (CausalModel model =
        CausalModels.open(
            checkpoint, Processor.cpu(Precision.FP32), new Resources(threads, 0, 0))) {
      new DecodeBenchmark(gemm, checkpoint.decoder(), model, threads).measure(rows, prompt, steps);
    }
    System.exit(0);
  }

  private static int number(String[] args, int at, int otherwise) {
    return args.length > at ? Integer.parseInt(args[at]) : otherwise;
  }

  private void measure(int count, int promptTokens, int steps) {
    Random random = new Random(1);
    List<Sequence> rows = new ArrayList<>();
    List<int[]> prompts = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      rows.add(model.begin());
      int tokens = promptTokens / 2 + random.nextInt(promptTokens + 1);
      prompts.add(random.ints(tokens, 0, config.vocabSize()).toArray());
    }
    // Weights are widened by the first pass.
    try (Sequence first = model.begin()) {
      model.pass(List.of(new Feed(first, new int[] {0}, true)));
    }
    int[] next = prompts(rows, prompts);
    double flops =
        DecoderWork.of(config).linear(1, 1) + 2.0 * config.vocabSize() * config.hiddenSize();
    List<Double> shares = new ArrayList<>();
    List<Double> speeds = new ArrayList<>();
    System.out.println("| tokens of a row | tokens/s | GFLOP/s | ceiling | share |");
    System.out.println("|---|---|---|---|---|");
    for (int s = 0; s + STEPS_AT_ONCE <= steps; s += STEPS_AT_ONCE) {
      double before = gemm.rate();
      long from = processorNanos();
      for (int i = 0; i < STEPS_AT_ONCE; i++) {
        step(rows, next);
      }
      double perStep = (processorNanos() - from) / 1e9 / threads / STEPS_AT_ONCE;
      double ceiling = (before + gemm.rate()) / 2;
      double rate = count * flops / perStep / 1e9;
      shares.add(rate / ceiling);
      speeds.add(count / perStep);
      System.out.printf(
          Locale.ROOT,
          "| %,d | %,.0f | %.0f | %.0f | %.2f |%n",
          rows.stream().mapToInt(Sequence::tokens).sum() / count,
          count / perStep,
          rate,
          ceiling,
          rate / ceiling);
    }
    System.out.printf(
        Locale.ROOT,
        "median: %,.0f tokens/s, %.2f of the ceiling%n",
        median(speeds),
        median(shares));
  }

  /** Computes prompts in passes as large as they may be; gives each row's first token. */
  private int[] prompts(List<Sequence> rows, List<int[]> prompts) {
    double before = gemm.rate();
    long start = processorNanos();
    int[] next = new int[rows.size()];
    int first = 0;
    while (first < next.length) {
      List<Feed> feeds = new ArrayList<>();
      int tokens = 0;
      int end = first;
      while (end < next.length && tokens + prompts.get(end).length <= model.memory().passTokens()) {
        feeds.add(new Feed(rows.get(end), prompts.get(end), true));
        tokens += prompts.get(end++).length;
      }
      List<Logits> logits = model.pass(feeds);
      for (int r = first; r < end; r++) {
        next[r] = logits.get(r - first).argmax();
      }
      first = end;
    }
    double seconds = (processorNanos() - start) / 1e9 / threads;
    double ceiling = (before + gemm.rate()) / 2;
    long tokens = prompts.stream().mapToLong(ids -> ids.length).sum();
    double rate = DecoderWork.of(config).linear(tokens, next.length) / seconds / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%d prompts of %,d tokens: %,.0f tokens/s, %.2f of the ceiling%n",
        next.length,
        tokens,
        tokens / seconds,
        rate / ceiling);
    return next;
  }

  private static long processorNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private void step(List<Sequence> rows, int[] next) {
    List<Feed> feeds = new ArrayList<>();
    for (int r = 0; r < rows.size(); r++) {
      feeds.add(new Feed(rows.get(r), new int[] {next[r]}, true));
    }
    List<Logits> logits = model.pass(feeds);
    for (int r = 0; r < next.length; r++) {
      next[r] = logits.get(r).argmax();
    }
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
