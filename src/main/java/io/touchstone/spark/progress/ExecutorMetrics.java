package io.touchstone.spark.progress;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import io.touchstone.files.ProcessStatus;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.MetricsSystem;
import org.apache.spark.metrics.source.Source;
import org.jspecify.annotations.Nullable;

/**
 * What this process has done, for the sinks of Spark's metrics system, as {@code
 * APPLICATION.EXECUTOR.touchstone.NAME}. Unlike the counts of a result, attempts that failed are
 * among them.
 */
public final class ExecutorMetrics implements Source {

  private static @Nullable ExecutorMetrics current;
  private static @Nullable MetricsSystem system;

  private final MetricRegistry registry = new MetricRegistry();

  private ExecutorMetrics() {
    registry.registerGauge("memory.resident", ProcessStatus::residentBytes);
  }

  /** Registered with the first use; a process may see one Spark after another. */
  public static synchronized ExecutorMetrics ofThisProcess() {
    @Nullable SparkEnv spark = SparkEnv.get();
    @Nullable MetricsSystem now = spark == null ? null : spark.metricsSystem();
    ExecutorMetrics metrics = current;
    if (metrics == null || now != system) {
      metrics = new ExecutorMetrics();
      if (now != null) {
        now.registerSource(metrics);
      }
      current = metrics;
      system = now;
    }
    return metrics;
  }

  @Override
  public String sourceName() {
    return "touchstone";
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }

  Counter rowsScored() {
    return registry.counter("rows.scored");
  }

  Counter rowsRejected() {
    return registry.counter("rows.rejected");
  }

  /** Of the scored conversations, each by itself: how many, and how many a second. */
  Meter tokens() {
    return registry.meter("tokens");
  }

  /** Of these, what went through the model: a shared one once, a remembered one not at all. */
  Meter computedTokens() {
    return registry.meter("tokens.computed");
  }

  /** How long loads that are ready wait for those of other tasks. */
  public Timer loadWait() {
    return registry.timer("load.wait");
  }

  /** How long loads are in the model. */
  public Timer loadRun() {
    return registry.timer("load.run");
  }
}
