package io.touchstone.spark.progress;

import io.touchstone.progress.ProgressSums;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.util.LongAccumulator;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/** Live numbers of running tasks. They may be wrong after faults: totals come from the files. */
public record ProgressCounters(
    LongAccumulator rows,
    LongAccumulator rejected,
    LongAccumulator tokens,
    LongAccumulator bytes,
    LongAccumulator started,
    LongAccumulator linesRead,
    LongAccumulator bytesRead,
    LongAccumulator alive)
    implements Serializable {

  public static ProgressCounters of(SparkContext spark) {
    return new ProgressCounters(
        spark.longAccumulator("rows done"),
        spark.longAccumulator("rows rejected"),
        spark.longAccumulator("tokens"),
        spark.longAccumulator("input bytes"),
        spark.longAccumulator("pieces begun"),
        spark.longAccumulator("rows read"),
        spark.longAccumulator("input bytes read"),
        spark.longAccumulator("rows alive"));
  }

  /** What one task has added. */
  ProgressSums sums(Iterable<AccumulableInfo> updates) {
    Map<Long, Long> added = new HashMap<>();
    for (AccumulableInfo update : CollectionConverters.asJava(updates)) {
      if (update.update().isDefined() && update.update().get() instanceof Long number) {
        added.put(update.id(), number);
      }
    }
    return new ProgressSums(
        added.getOrDefault(rows.id(), 0L),
        added.getOrDefault(rejected.id(), 0L),
        added.getOrDefault(tokens.id(), 0L),
        added.getOrDefault(bytes.id(), 0L),
        added.getOrDefault(started.id(), 0L),
        added.getOrDefault(linesRead.id(), 0L),
        added.getOrDefault(bytesRead.id(), 0L),
        added.getOrDefault(alive.id(), 0L));
  }
}
