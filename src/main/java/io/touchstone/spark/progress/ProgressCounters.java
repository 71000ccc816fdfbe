package io.touchstone.spark.progress;

import io.touchstone.progress.ProgressSums;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/** Live numbers of running tasks. They may be wrong after faults: totals come from the files. */
public record ProgressCounters(
    LongAccumulator rows,
    LongAccumulator rejected,
    LongAccumulator tokens,
    LongAccumulator bytes,
    LongAccumulator started)
    implements Serializable {

  public static ProgressCounters of(SparkContext spark) {
    return new ProgressCounters(
        spark.longAccumulator("rows scored"),
        spark.longAccumulator("rows rejected"),
        spark.longAccumulator("tokens"),
        spark.longAccumulator("input bytes"),
        spark.longAccumulator("pieces begun"));
  }

  public List<LongAccumulator> all() {
    return List.of(rows, rejected, tokens, bytes, started);
  }

  /** Of one number for each of {@link #all()}. */
  static ProgressSums sums(long[] numbers) {
    return new ProgressSums(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
  }
}
