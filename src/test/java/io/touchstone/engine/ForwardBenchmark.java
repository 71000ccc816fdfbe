package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import java.io.IOException;
import java.nio.file.Path;
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
 * mean of the rates before and after. The first share counts the products of all linear layers over
 * the computed tokens, in the last layer those of keys and values over all tokens and the rest over
 * the read-outs; the second also attention's products; norms and the head count nothing. Scores are
 * held against transformers elsewhere (ReferenceScoresTest): a run that is fast and wrong does not
 * pass the build. benchmarks/compare.py measures other programs beside it.
 */
final class ForwardBenchmark {
  private static final int ROUNDS = 5;

  private final GemmCeiling gemm;

  private ForwardBenchmark(GemmCeiling gemm) {
    this.gemm = gemm;
  }

  public static void main(String[] args) throws IOException {
    Path model = Path.of(args[0]);
    int threads = Runtime.getRuntime().availableProcessors();
    ForwardBenchmark benchmark =
        new ForwardBenchmark(new GemmCeiling(Checkpoint.open(model).decoder(), threads));
    System.out.println(
        "| rows | conversations | presented tokens | computed tokens | useful tokens/s |"
            + " computed tokens/s | GFLOP/s | ceiling | share | with attention |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    try (Scorer scorer = EngineScorerFactory.of(EngineConfig.defaults(model)).open()) {
      for (String file : Arrays.asList(args).subList(1, args.length)) {
        benchmark.measure(scorer, Path.of(file));
      }
    }
    System.exit(0);
  }

  private void measure(Scorer scorer, Path file) throws IOException {
    List<PreparedRow> rows = BenchmarkRows.read(scorer, file);
    int conversations = rows.stream().mapToInt(row -> row.promptTokens().size()).sum();
    long presented = rows.stream().mapToLong(PreparedRow::presentedTokens).sum();
    long computed = scorer.score(rows).computedTokens();
    double linear = gemm.linearFlops(computed, conversations);
    double all = linear + gemm.attentionFlops(rows);
    double[] seconds = new double[ROUNDS];
    double[] ceilings = new double[ROUNDS];
    double[] shares = new double[ROUNDS];
    double[] sharesOfAll = new double[ROUNDS];
    double ceiling = gemm.rate();
    for (int round = 0; round < ROUNDS; round++) {
      LoadResult result = scorer.score(rows);
      double after = gemm.rate();
      seconds[round] = result.forwardNanos() / 1e9;
      ceilings[round] = (ceiling + after) / 2;
      shares[round] = linear / seconds[round] / 1e9 / ceilings[round];
      sharesOfAll[round] = all / seconds[round] / 1e9 / ceilings[round];
      ceiling = after;
    }
    double usual = median(seconds);
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %,d | %,d | %,.0f | %,.0f | %.0f | %.0f | %.2f | %.2f |%n",
        file.getFileName(),
        conversations,
        presented,
        computed,
        presented / usual,
        computed / usual,
        linear / usual / 1e9,
        median(ceilings),
        median(shares),
        median(sharesOfAll));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
