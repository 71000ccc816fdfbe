package io.touchstone.spark.progress;

import io.touchstone.progress.ProgressSums;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.util.LongAccumulator;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/** Adds up what heartbeats say of running tasks and what ended ones have done. */
public final class LiveProgress extends SparkListener {

  private final Map<Long, Integer> places = new HashMap<>();
  private final Map<Long, long[]> running = new HashMap<>();
  private final long[] ended;

  public LiveProgress(ProgressCounters counters) {
    List<LongAccumulator> all = counters.all();
    for (int place = 0; place < all.size(); place++) {
      places.put(all.get(place).id(), place);
    }
    ended = new long[all.size()];
  }

  public synchronized ProgressSums sums() {
    long[] sums = ended.clone();
    for (long[] task : running.values()) {
      for (int place = 0; place < sums.length; place++) {
        sums[place] += task[place];
      }
    }
    return ProgressCounters.sums(sums);
  }

  /** Of tasks that have ended well. */
  public synchronized ProgressSums endedSums() {
    return ProgressCounters.sums(ended);
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart start) {
    running.put(start.taskInfo().taskId(), new long[ended.length]);
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    running.remove(end.taskInfo().taskId());
    // What a failed task has done will be done again.
    if (end.taskInfo().successful()) {
      long[] done = new long[ended.length];
      take(end.taskInfo().accumulables(), done);
      for (int place = 0; place < ended.length; place++) {
        ended[place] += done[place];
      }
    }
  }

  @Override
  public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate heartbeat) {
    for (var task : CollectionConverters.asJava(heartbeat.accumUpdates())) {
      // A late heartbeat of a task that has ended finds nothing here.
      long[] numbers = running.get((Long) task._1());
      if (numbers != null) {
        take(task._4(), numbers);
      }
    }
  }

  private void take(Iterable<AccumulableInfo> updates, long[] into) {
    for (AccumulableInfo update : CollectionConverters.asJava(updates)) {
      Integer place = places.get(update.id());
      if (place != null && update.update().isDefined()) {
        into[place] = (Long) update.update().get();
      }
    }
  }
}
