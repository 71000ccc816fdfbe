package io.touchstone.spark.progress;

import io.touchstone.progress.ProgressSums;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Adds up what heartbeats say of running tasks and what ended ones have done. Of several tasks at
 * the same place of their stages, which do the same work, one counts.
 */
public final class LiveProgress extends SparkListener {

  private final ProgressCounters counters;
  private final Map<Long, Running> running = new HashMap<>();
  private final Set<Integer> endedPlaces = new HashSet<>();

  /** Of {@link #endedPlaces}. */
  private ProgressSums ended = ProgressSums.NONE;

  private record Running(int place, ProgressSums sums) {}

  public LiveProgress(ProgressCounters counters) {
    this.counters = counters;
  }

  public synchronized ProgressSums sums() {
    Map<Integer, ProgressSums> furthest = new HashMap<>();
    for (Running task : running.values()) {
      if (!endedPlaces.contains(task.place)) {
        furthest.merge(task.place, task.sums, LiveProgress::further);
      }
    }
    return furthest.values().stream().reduce(ended, ProgressSums::plus);
  }

  private static ProgressSums further(ProgressSums left, ProgressSums right) {
    return left.rows() + left.rejected() < right.rows() + right.rejected() ? right : left;
  }

  /** Of tasks that have ended well. */
  public synchronized ProgressSums endedSums() {
    return ended;
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart start) {
    running.put(
        start.taskInfo().taskId(), new Running(start.taskInfo().index(), ProgressSums.NONE));
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    running.remove(end.taskInfo().taskId());
    // What a failed task has done will be done again.
    if (end.taskInfo().successful()) {
      ProgressSums done = counters.sums(end.taskInfo().accumulables());
      // Tasks of other work have done nothing of this.
      if (!done.equals(ProgressSums.NONE) && endedPlaces.add(end.taskInfo().index())) {
        ended = ended.plus(done);
      }
    }
  }

  @Override
  public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate heartbeat) {
    for (var task : CollectionConverters.asJava(heartbeat.accumUpdates())) {
      // A late heartbeat of a task that has ended finds nothing here.
      running.computeIfPresent(
          (Long) task._1(), (id, known) -> new Running(known.place, counters.sums(task._4())));
    }
  }
}
