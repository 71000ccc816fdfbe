package io.touchstone.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.progress.JobProgress;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.ScorerException;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.spark.FakeScorerFactory;
import io.touchstone.spark.InterposedScorers;
import io.touchstone.spark.Jobs;
import io.touchstone.spark.annotate.AnnotateJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiveProgressTest {

  private static final CountDownLatch FIRST_LOAD_SEEN = new CountDownLatch(1);
  private static final AtomicInteger LOADS = new AtomicInteger();

  @TempDir Path folder;

  @Test
  void numbersOfATaskArriveWhileItRuns() throws IOException {
    Path input =
        Files.write(folder.resolve("in.jsonl"), List.of(Jobs.row(1, "one"), Jobs.row(2, "two")));
    ScorerFactory scorers =
        new InterposedScorers(new FakeScorerFactory("live", 1, "", 0), LiveProgressTest::await);
    AtomicReference<JobProgress> live = new AtomicReference<>();
    try (JavaSparkContext spark = new JavaSparkContext(Jobs.spark("local[1]"))) {
      AnnotatePlan plan =
          Jobs.plan(Jobs.config(folder.resolve("out"), 1 << 20, input.toString()), scorers);
      AnnotateJob.run(
          spark,
          plan,
          scorers,
          progress -> {
            if (progress.rows() == 1) {
              live.compareAndSet(null, progress);
              FIRST_LOAD_SEEN.countDown();
            }
          });
    }
    assertThat(live.get().tokens()).isEqualTo("question 1\u0001one".length());
    assertThat(live.get().bytesDone())
        .isBetween(Jobs.row(1, "one").length() + 1L, Files.size(input));
    assertThat(live.get().bytesTotal()).isEqualTo(Files.size(input));
  }

  /** Each row is a load, and the second waits until someone has seen the first. */
  private static void await(List<PreparedRow> load) {
    try {
      // The first three are the self-check of the replica.
      if (LOADS.incrementAndGet() > 4 && !FIRST_LOAD_SEEN.await(1, TimeUnit.MINUTES)) {
        throw new ScorerException("expected the first load to be seen, found no word of it");
      }
    } catch (InterruptedException e) {
      throw new ScorerException("interrupted", e);
    }
  }
}
