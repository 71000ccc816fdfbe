package io.touchstone.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.scoring.ScorerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that executors in processes of their own share, some of which are killed. */
final class LedgerClusterTest {

  private static final int ROWS = 2_000;
  private static final int KILLS = 4;

  /** The same scores, in loads that take long enough to die in the middle of one. */
  private static final ScorerFactory SCORERS =
      new InterposedScorers(FakeScorerFactory.named("ledger-cluster"), new SlowLoads(1));

  @TempDir Path folder;

  @Test
  void nightsOnExecutorsThatAreKilledWriteTheBytesOfAJobWithoutALedger() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("LedgerClusterTest: executors killed with seed " + seed);
    Random random = new Random(seed);
    // Named from where the test runs, which is not where executors run.
    Path ledger = Path.of("").toAbsolutePath().relativize(folder.resolve("ledger"));
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(i % 50 == 9 ? "not json " + i : Jobs.row(i, "answer ".repeat(i % 7) + i));
    }
    Path first = Files.write(folder.resolve("first.jsonl"), rows);
    for (int i = 0; i < ROWS / 20; i++) {
      rows.add(random.nextInt(rows.size()), Jobs.row(ROWS + i, "a new answer"));
    }
    Path second = Files.write(folder.resolve("second.jsonl"), rows);
    try (JavaSparkContext spark =
        new JavaSparkContext(
            LocalCluster.conf(folder)
                .set("spark.task.maxFailures", "1000")
                .set("spark.deploy.maxExecutorRetries", "-1"))) {
      Callable<AnnotateReport> firstNight =
          () ->
              Jobs.run(spark, Jobs.withLedger(config("first", first), ledger.toString()), SCORERS);
      disturbed(List.of(firstNight), "ledger", random);
      long known = entries(spark, "known", first, ledger);
      assertThat(known).isEqualTo(ROWS - ROWS / 50);

      AnnotateReport secondNight =
          Jobs.run(spark, Jobs.withLedger(config("second", second), ledger.toString()), SCORERS);
      assertThat(secondNight.totals().known().rows()).isEqualTo(known);
      assertThat(secondNight.totals().known().added()).isEqualTo(ROWS / 20);

      Path both = ledger.resolveSibling("ledger-both");
      Callable<AnnotateReport> left =
          () -> Jobs.run(spark, Jobs.withLedger(config("left", first), both.toString()), SCORERS);
      Callable<AnnotateReport> right =
          () -> Jobs.run(spark, Jobs.withLedger(config("right", second), both.toString()), SCORERS);
      disturbed(List.of(left, right), "ledger-both", random);

      Jobs.run(spark, config("plain-first", first), SCORERS);
      Jobs.run(spark, config("plain-second", second), SCORERS);
    }
    for (String name : List.of("first", "left")) {
      assertThat(result(name)).as(name).isEqualTo(result("plain-first"));
    }
    for (String name : List.of("second", "right")) {
      assertThat(result(name)).as(name).isEqualTo(result("plain-second"));
    }
  }

  /** Runs the jobs at once, and kills executors that have done something, as long as they run. */
  private void disturbed(List<Callable<AnnotateReport>> jobs, String ledger, Random random)
      throws Exception {
    ExecutorService drivers = Executors.newFixedThreadPool(jobs.size());
    List<Future<AnnotateReport>> running = jobs.stream().map(drivers::submit).toList();
    int kills = 0;
    while (kills < KILLS && !running.stream().allMatch(Future::isDone)) {
      Thread.sleep(random.nextInt(300));
      List<ProcessHandle> executors = LocalCluster.executors();
      if (!executors.isEmpty() && hasVolumes(folder.resolve(ledger))) {
        kills += executors.get(random.nextInt(executors.size())).destroyForcibly() ? 1 : 0;
      }
    }
    for (Future<AnnotateReport> job : running) {
      job.get();
    }
    drivers.shutdown();
    assertThat(kills).as("executors killed").isPositive();
  }

  private static boolean hasVolumes(Path ledger) throws IOException {
    if (!Files.isDirectory(ledger)) {
      return false;
    }
    try (Stream<Path> files = Files.list(ledger)) {
      return files.anyMatch(file -> file.toString().endsWith(".scores"));
    }
  }

  /** How many rows of the input the ledger knows. */
  private long entries(JavaSparkContext spark, String output, Path input, Path ledger)
      throws IOException {
    AnnotateReport report =
        Jobs.run(spark, Jobs.withLedger(config(output, input), ledger.toString()), SCORERS);
    assertThat(report.totals().computedTokens()).isZero();
    return report.totals().known().rows();
  }

  private AnnotateConfig config(String output, Path input) throws IOException {
    return Jobs.config(folder.resolve(output), Files.size(input) / 40 + 1, input.toString());
  }

  private String result(String output) throws IOException {
    Path out = folder.resolve(output);
    return Jobs.parts(out) + Jobs.parts(out.resolve("_rejected"));
  }
}
