package io.touchstone.cli.job;

import io.touchstone.cli.call.JobFlags;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Spark, started: inside this process, or as spark-submit has set it up.
 *
 * @param seconds wall time that the start took
 */
public record SparkStart(JavaSparkContext context, double seconds) implements AutoCloseable {

  /** One and a half times what Spark reserves (org.apache.spark.memory.UnifiedMemoryManager). */
  private static final long LEAST_HEAP = 450L << 20;

  /** True where spark-submit, and not our launcher, started this process. */
  public static boolean isSubmitted() {
    return System.getProperty(JobFlags.SPARK_MASTER) != null;
  }

  /**
   * Whether a job that has nothing to do may end without it. Where the cluster runs the driver, it
   * waits for Spark to be started, and takes an end before that for a failure.
   */
  static boolean mayBeSpared() {
    return !"cluster".equals(System.getProperty("spark.submit.deployMode"));
  }

  static SparkStart of(String job, Map<String, String> settings, OptionalInt threads) {
    long start = System.nanoTime();
    SparkConf conf = conf(settings, threads);
    if (!isSubmitted()) {
      refuseSmallHeap(Runtime.getRuntime().maxMemory());
    }
    conf.setIfMissing("spark.app.name", "touchstone " + job);
    return new SparkStart(new JavaSparkContext(conf), (System.nanoTime() - start) / 1e9);
  }

  /**
   * @param heap in bytes
   * @throws Refused if Spark would not start in it
   */
  static void refuseSmallHeap(long heap) {
    if (heap < LEAST_HEAP) {
      throw Refused.because(
          Problem.at("memory")
              .expected("a Java heap of 450 MiB or more, as Spark does")
              .found(
                  (heap >> 20)
                      + " MiB: TOUCHSTONE_JAVA_OPTS=-Xmx1g sets it where the machine has so much"));
    }
  }

  @Override
  public void close() {
    // A heartbeat that meets a context about to close warns of it, and means nothing.
    Configurator.setLevel("org.apache.spark.executor.Executor", Level.ERROR);
    context.close();
  }

  /** What Spark would be started with. */
  static SparkConf conf(Map<String, String> settings, OptionalInt threads) {
    return isSubmitted() ? submitted(settings) : embedded(settings, threads);
  }

  /** The launcher handed flags on to spark-submit, so what it set stands above our files. */
  private static SparkConf submitted(Map<String, String> settings) {
    SparkConf conf = new SparkConf();
    settings.forEach(conf::setIfMissing);
    // Live numbers ride on heartbeats; ten seconds would make the progress jump.
    return conf.setIfMissing("spark.executor.heartbeatInterval", "1s");
  }

  static SparkConf embedded(Map<String, String> settings, OptionalInt threads) {
    SparkConf conf = new SparkConf(false);
    settings.forEach(conf::set);
    String cores = threads.isPresent() ? Integer.toString(threads.getAsInt()) : "*";
    // Spark tries a task of local[N] once; 4 is what a cluster does.
    return conf.setIfMissing(JobFlags.SPARK_MASTER, "local[" + cores + ",4]")
        .setIfMissing("spark.ui.enabled", "false")
        .setIfMissing("spark.ui.showConsoleProgress", "false")
        .setIfMissing("spark.eventLog.enabled", "false")
        .setIfMissing("spark.driver.host", "127.0.0.1")
        .setIfMissing("spark.driver.bindAddress", "127.0.0.1")
        .setIfMissing("spark.executor.heartbeatInterval", "1s");
  }
}
