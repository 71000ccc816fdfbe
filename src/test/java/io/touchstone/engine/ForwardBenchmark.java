package io.touchstone.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.DecoderConfig;
import io.touchstone.conversation.Detection;
import io.touchstone.conversation.FormatDetector;
import io.touchstone.conversation.Row;
import io.touchstone.conversation.RowReader;
import io.touchstone.conversation.ScoredTurns;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How near the forward pass comes to the machine's ceiling, on rows of one's own.
 *
 * <pre>
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath.txt
 * java @jobs/lib/jvm.options -cp target/test-classes:target/classes:$(cat target/test-classpath.txt) \
 *     io.touchstone.engine.ForwardBenchmark MODEL_FOLDER ROWS.jsonl...
 * </pre>
 *
 * <p>For each file rounds of scoring alternate with rounds of fp32 matrix products at the shapes of
 * the model's layers, one product per thread as the forward pass computes them; the ceiling is the
 * mean of the rates before and after. Counted are the products of all linear layers over the
 * computed tokens, in the last layer those of keys and values over all tokens and the rest over the
 * read-outs; attention itself, norms and the head count nothing. Scores are held against
 * transformers elsewhere (ReferenceScoresTest): a run that is fast and wrong does not pass the
 * build.
 */
final class ForwardBenchmark {
  private static final int ROUNDS = 5;
  private static final int GEMM_ROWS = 512;

  private final DecoderConfig config;
  private final Workers workers = new Workers(Runtime.getRuntime().availableProcessors());
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");

  private ForwardBenchmark(DecoderConfig config) {
    this.config = config;
  }

  public static void main(String[] args) throws IOException {
    Path model = Path.of(args[0]);
    ForwardBenchmark benchmark = new ForwardBenchmark(Checkpoint.open(model).decoder());
    System.out.println(
        "| rows | conversations | presented tokens | computed tokens | useful tokens/s |"
            + " computed tokens/s | GFLOP/s | ceiling | share |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    try (Scorer scorer = EngineScorerFactory.of(EngineConfig.defaults(model)).open()) {
      for (String file : Arrays.asList(args).subList(1, args.length)) {
        benchmark.measure(scorer, Path.of(file));
      }
    }
    System.exit(0);
  }

  private void measure(Scorer scorer, Path file) throws IOException {
    List<PreparedRow> rows = rows(scorer, file);
    int conversations = rows.stream().mapToInt(row -> row.promptTokens().size()).sum();
    long presented = rows.stream().mapToLong(PreparedRow::presentedTokens).sum();
    scorer.score(rows);
    double[] seconds = new double[ROUNDS];
    double[] shares = new double[ROUNDS];
    double[] ceilings = new double[ROUNDS];
    long computed = 0;
    double ceiling = gemmRate();
    for (int round = 0; round < ROUNDS; round++) {
      LoadResult result = scorer.score(rows);
      double after = gemmRate();
      computed = result.computedTokens();
      seconds[round] = result.forwardNanos() / 1e9;
      ceilings[round] = (ceiling + after) / 2;
      shares[round] = flops(computed, conversations) / seconds[round] / 1e9 / ceilings[round];
      ceiling = after;
    }
    double usual = median(seconds);
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %,d | %,d | %,.0f | %,.0f | %.0f | %.0f | %.2f |%n",
        file.getFileName(),
        conversations,
        presented,
        computed,
        presented / usual,
        computed / usual,
        flops(computed, conversations) / usual / 1e9,
        median(ceilings),
        median(shares));
  }

  private static List<PreparedRow> rows(Scorer scorer, Path file) throws IOException {
    List<byte[]> lines =
        Files.readAllLines(file).stream()
            .map(line -> line.getBytes(StandardCharsets.UTF_8))
            .toList();
    Detection.Detected found = (Detection.Detected) FormatDetector.detect(lines);
    RowReader reader = new RowReader(found.format(), ScoredTurns.ALL);
    List<PreparedRow> rows = new ArrayList<>();
    for (byte[] line : lines) {
      rows.add((PreparedRow) scorer.prepare(((Row) reader.read(line)).conversations()));
    }
    return rows;
  }

  private double flops(long tokens, int readOuts) {
    double hidden = config.hiddenSize();
    double queries = (double) config.heads() * config.headDim();
    double keys = 2.0 * config.kvHeads() * config.headDim();
    double rest = 2 * queries * hidden + 3.0 * config.intermediateSize() * hidden;
    double all = (config.layers() - 1) * (keys * hidden + rest) * tokens;
    return 2 * (all + keys * hidden * tokens + rest * readOuts);
  }

  /** GFLOP/s of products at the shapes of a layer, over about half a second. */
  private double gemmRate() {
    long hidden = config.hiddenSize();
    long queries = (long) config.heads() * config.headDim();
    long[][] shapes = {
      {hidden, queries},
      {hidden, 2L * config.intermediateSize()},
      {config.intermediateSize(), hidden}
    };
    List<Runnable> tasks = new ArrayList<>();
    double[] rates = new double[workers.threads()];
    for (int t = 0; t < rates.length; t++) {
      int thread = t;
      tasks.add(() -> rates[thread] = rate(shapes));
    }
    workers.run(tasks);
    return Arrays.stream(rates).sum();
  }

  private double rate(long[][] shapes) {
    try (NDManager own = manager.newSubManager()) {
      List<NDArray[]> factors = new ArrayList<>();
      double flops = 0;
      for (long[] shape : shapes) {
        NDArray x = own.randomNormal(0, 1, new Shape(GEMM_ROWS, shape[0]), DataType.FLOAT32);
        NDArray w = own.randomNormal(0, 1, new Shape(shape[1], shape[0]), DataType.FLOAT32);
        factors.add(new NDArray[] {x, w.transpose()});
        flops += 2.0 * GEMM_ROWS * shape[0] * shape[1];
      }
      long start = System.nanoTime();
      int rounds = 0;
      while (System.nanoTime() - start < 500_000_000L) {
        for (NDArray[] pair : factors) {
          pair[0].matMul(pair[1]).close();
        }
        rounds++;
      }
      return flops * rounds / (System.nanoTime() - start);
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
