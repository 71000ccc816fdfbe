package io.touchstone.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.scoring.ScorerFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors killed with SIGKILL while a job runs on them. */
final class ExecutorKillTest {

  private static final int KILLS = Integer.getInteger("touchstone.kills", 30) / 2;
  private static final int ROWS = 4_000;
  private static final int MOST_JOBS = 30;

  @TempDir Path folder;

  @Test
  void executorsKilledAtRandomTimesLoseNothingAndDoubleNothing() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("ExecutorKillTest: executors killed with seed " + seed);
    Random random = new Random(seed);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(i % 40 == 7 ? "not json " + i : Jobs.row(i, "answer ".repeat(i % 7) + i));
    }
    Path input = Files.write(folder.resolve("in.jsonl"), rows);
    Path out = folder.resolve("out");
    AnnotateConfig config = Jobs.config(out, Files.size(input) / 100 + 1, input.toString());
    ScorerFactory scorers =
        new InterposedScorers(FakeScorerFactory.named("killed"), new SlowLoads(1));
    int kills = 0;
    ExecutorService driver = Executors.newSingleThreadExecutor();
    try (JavaSparkContext spark =
        new JavaSparkContext(
            LocalCluster.conf(folder)
                .set("spark.task.maxFailures", "1000")
                .set("spark.deploy.maxExecutorRetries", "-1"))) {
      for (int job = 0; kills < KILLS && job < MOST_JOBS; job++) {
        Files.createDirectories(out);
        Future<AnnotateReport> running = driver.submit(() -> Jobs.run(spark, config, scorers));
        while (kills < KILLS && !running.isDone()) {
          Thread.sleep(random.nextInt(100));
          List<ProcessHandle> executors = LocalCluster.executors();
          // One that has just been started would die without having done anything.
          if (!executors.isEmpty() && hasRecords(out)) {
            ProcessHandle victim = executors.get(random.nextInt(executors.size()));
            kills += victim.destroyForcibly() ? 1 : 0;
            Thread.sleep(random.nextInt(1_500));
          }
        }
        assertThat(running.get().totals().in()).as("job %d", job).isEqualTo(ROWS);
        compare(out, input);
        Files.move(out, folder.resolve("done-" + job));
      }
    } finally {
      driver.shutdownNow();
    }
    assertThat(kills).as("executors killed").isEqualTo(KILLS);
  }

  private static boolean hasRecords(Path out) throws Exception {
    return Files.isDirectory(out.resolve("_stats")) && !Jobs.tree(out.resolve("_stats")).isEmpty();
  }

  private void compare(Path out, Path input) throws Exception {
    assertThat(Jobs.parts(out).lines().count()).isEqualTo(ROWS - ROWS / 40);
    assertThat(Jobs.parts(out.resolve("_rejected")).lines().count()).isEqualTo(ROWS / 40);
    List<String> in =
        Files.readAllLines(input).stream().filter(row -> row.startsWith("{")).toList();
    List<String> scored = Jobs.parts(out).lines().toList();
    for (int i = 0; i < in.size(); i++) {
      assertThat(scored.get(i)).startsWith(in.get(i).substring(0, in.get(i).length() - 1));
    }
  }
}
