package io.touchstone.spark.frame;

import io.touchstone.scoring.ScorerFactory;
import io.touchstone.spark.Jobs;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A session of Spark SQL, and frames in it. */
final class Frames {

  private Frames() {}

  static SparkSession session() {
    SparkSession session =
        SparkSession.builder()
            .config(Jobs.spark("local[2]"))
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.codegen.wholeStage", "false")
            .config("spark.sql.session.timeZone", "America/Los_Angeles")
            .getOrCreate();
    session.sparkContext().setLogLevel("WARN");
    return session;
  }

  /** Rows as Spark reads them from lines of JSON. */
  static Dataset<Row> of(SparkSession session, List<String> lines) {
    return session.read().json(session.createDataset(lines, Encoders.STRING()));
  }

  static Dataset<Row> of(SparkSession session, String... lines) {
    return of(session, List.of(lines));
  }

  /** A scorer that a test knows in place of the engine's. */
  static FrameScorer scorer(SparkSession session, ScorerFactory scorers, Map<String, ?> options) {
    Map<String, Object> all = new TreeMap<>(options);
    all.putIfAbsent("model", "fake");
    return FrameScorer.of(session, all, (folder, settings) -> scorers);
  }
}
