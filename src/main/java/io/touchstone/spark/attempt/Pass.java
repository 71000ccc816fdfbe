package io.touchstone.spark.attempt;

import io.touchstone.jobs.EarlyStop;
import io.touchstone.progress.ProgressSums;
import io.touchstone.spark.progress.LiveProgress;
import io.touchstone.spark.progress.ProgressCounters;
import java.util.Optional;
import org.apache.spark.SparkContext;

/**
 * One reading of a job's pieces.
 *
 * @param counters to which its tasks add
 * @param live what they have added so far
 * @param stop says when it has met too much to go on
 */
public record Pass(ProgressCounters counters, LiveProgress live, EarlyStop stop) {

  public static Pass of(SparkContext spark, EarlyStop stop) {
    ProgressCounters counters = ProgressCounters.of(spark);
    return new Pass(counters, new LiveProgress(counters), stop);
  }

  /** Why the job is to be stopped now; empty to go on. */
  Optional<String> tooManyRejected() {
    ProgressSums ended = live.endedSums();
    return stop.reason(
        new EarlyStop.Seen(ended.rows() + ended.rejected(), ended.rejected(), ended.bytes()),
        live.sums().rejected());
  }
}
