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

  /** What is done with rows, by which its metrics are named. */
  public enum Work {
    SCORING("scored", "tokens", "tokens.computed"),
    GENERATION("answered", "tokens.generated", "tokens.prompts");

    private final String done;
    private final String tokens;
    private final String computed;

    Work(String done, String tokens, String computed) {
      this.done = done;
      this.tokens = tokens;
      this.computed = computed;
    }
  }

  Counter rowsDone(Work work) {
    return registry.counter("rows." + work.done);
  }

  Counter rowsRejected() {
    return registry.counter("rows.rejected");
  }

  /** Rows that the model is busy with. */
  Counter rowsAlive() {
    return registry.counter("rows.alive");
  }

  /**
   * Of the scored conversations, each by itself, or those that were generated: how many, and how
   * many a second.
   */
  Meter tokens(Work work) {
    return registry.meter(work.tokens);
  }

  /**
   * What went through the model, of conversations or of prompts: a shared one once, a remembered
   * one not at all.
   */
  Meter computedTokens(Work work) {
    return registry.meter(work.computed);
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
