package io.touchstone.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Assumptions;

/** A standalone cluster inside of a test: two executor processes, children of the test's own. */
public final class LocalCluster {

  private LocalCluster() {}

  public static SparkConf conf(Path folder) throws IOException {
    String home = System.getenv("SPARK_HOME");
    Assumptions.assumeTrue(
        home != null && System.getenv("SPARK_SCALA_VERSION") != null,
        "local-cluster needs SPARK_HOME and SPARK_SCALA_VERSION, which the build sets");
    Files.createDirectories(Path.of(home, "jars"));
    return Jobs.spark("local-cluster[2,1,1024]")
        .set("spark.executor.memory", "512m")
        .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .set("spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1")
        .set("spark.scheduler.minRegisteredResourcesRatio", "1.0")
        .set("spark.scheduler.maxRegisteredResourcesWaitingTime", "60s")
        .set("spark.local.dir", folder.resolve("spark").toString());
  }

  /** All the Java processes that this one has started. */
  static List<ProcessHandle> executors() {
    return ProcessHandle.current()
        .descendants()
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().command().orElse("").endsWith("/java"))
        .toList();
  }
}
