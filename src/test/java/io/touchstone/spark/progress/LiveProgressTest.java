package io.touchstone.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.progress.JobProgress;
import io.touchstone.progress.ProgressSums;
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
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;
import scala.Tuple4;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

final class LiveProgressTest {

  private static final CountDownLatch FIRST_LOAD_SEEN = new CountDownLatch(1);
  private static final AtomicInteger LOADS = new AtomicInteger();

  @TempDir Path folder;

  @Test
  void numbersOfATaskArriveWhileItRunsAndAreOfRowsThatAreScoredNotReadAhead() throws IOException {
    List<String> rows =
        IntStream.range(1, 9).mapToObj(number -> Jobs.row(number, "answer")).toList();
    Path input = Files.write(folder.resolve("in.jsonl"), rows);
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
    assertThat(live.get().tokens()).isEqualTo("question 1\u0001answer".length());
    assertThat(live.get().bytesDone()).isEqualTo(rows.get(0).length() + 1L);
    assertThat(live.get().rowsTotal()).hasValue(8);
    assertThat(live.get().bytesTotal()).isEqualTo(Files.size(input));
  }

  @Test
  void ofTwoTasksAtOnePlaceTheOneThatIsFurtherCounts() {
    try (JavaSparkContext spark = new JavaSparkContext(Jobs.spark("local[1]"))) {
      ProgressCounters counters = ProgressCounters.of(spark.sc());
      LiveProgress live = new LiveProgress(counters);
      beat(live, counters, 1, 0, 5);
      beat(live, counters, 2, 0, 7);
      beat(live, counters, 3, 1, 10);
      assertThat(live.sums()).isEqualTo(new ProgressSums(0, 17, 0, 0, 0, 0, 0));
      assertThat(live.endedSums()).isEqualTo(ProgressSums.NONE);
    }
  }

  private static void beat(
      LiveProgress live, ProgressCounters counters, long task, int place, long rejected) {
    live.onTaskStart(
        new SparkListenerTaskStart(
            0, 0, new TaskInfo(task, place, 0, 0, 0, "0", "127.0.0.1", TaskLocality.ANY(), false)));
    List<AccumulableInfo> updates =
        List.of(counters.rejected().toInfo(Option.apply(rejected), Option.empty()));
    List<Tuple4<Object, Object, Object, Seq<AccumulableInfo>>> tasks =
        List.of(new Tuple4<>(task, 0, 0, CollectionConverters.asScala(updates).toSeq()));
    live.onExecutorMetricsUpdate(
        new SparkListenerExecutorMetricsUpdate(
            "0",
            CollectionConverters.asScala(tasks).toSeq(),
            scala.collection.immutable.Map$.MODULE$.empty()));
  }

  /** Each row is a load, and the second waits until someone has seen the first. */
  private static void await(List<PreparedRow> load) {
    try {
      // The first five are the self-check of the replica.
      if (LOADS.incrementAndGet() > 6 && !FIRST_LOAD_SEEN.await(1, TimeUnit.MINUTES)) {
        throw new ScorerException("expected the first load to be seen, found no word of it");
      }
    } catch (InterruptedException e) {
      throw new ScorerException("interrupted", e);
    }
  }
}
