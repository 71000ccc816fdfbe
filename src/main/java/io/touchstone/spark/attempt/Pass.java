package io.touchstone.spark.attempt;

import io.touchstone.jobs.EarlyStop;
import io.touchstone.progress.ProgressSums;
import io.touchstone.spark.progress.LiveProgress;
import io.touchstone.spark.progress.ProgressCounters;
import java.util.Optional;
import org.apache.spark.SparkContext;

/** One reading of a job's pieces: its live numbers, and when it has met too much to go on. */
public final class Pass {

  private final ProgressCounters counters;
  private final LiveProgress live;
  private final EarlyStop stop;

  public Pass(SparkContext spark, EarlyStop stop) {
    this.counters = ProgressCounters.of(spark);
    this.live = new LiveProgress(counters);
    this.stop = stop;
  }

  /** Those to which its tasks add. */
  public ProgressCounters counters() {
    return counters;
  }

  LiveProgress live() {
    return live;
  }

  /** Why the job is to be stopped now; empty to go on. */
  Optional<String> tooManyRejected() {
    ProgressSums ended = live.endedSums();
    return stop.reason(
        new EarlyStop.Seen(ended.rows() + ended.rejected(), ended.rejected(), ended.bytes()),
        live.sums().rejected());
  }
}
