package io.touchstone.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.spark.FakeScorerFactory;
import io.touchstone.spark.Jobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sink of Spark's metrics system receives. */
final class ExecutorMetricsTest {

  private static final int ROWS = 100;

  @TempDir Path folder;

  @Test
  void aSinkReceivesRowsTokensAndTheTimesOfLoads() throws IOException {
    Path metrics = Files.createDirectories(folder.resolve("metrics"));
    Path input = input();
    SparkConf conf =
        Jobs.spark("local[2]")
            .set("spark.metrics.namespace", "job")
            .set("spark.metrics.conf.*.sink.csv.class", "org.apache.spark.metrics.sink.CsvSink")
            .set("spark.metrics.conf.*.sink.csv.directory", metrics.toString())
            .set("spark.metrics.conf.*.sink.csv.period", "3600");
    AnnotateReport report;
    // The sinks report once more when Spark ends.
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      report =
          Jobs.run(
              spark,
              Jobs.config(folder.resolve("out"), 1_000, input.toString()),
              FakeScorerFactory.named("metrics"));
    }
    assertThat(last(metrics, "rows.scored")).endsWith("," + (ROWS - 2));
    assertThat(last(metrics, "rows.rejected")).endsWith(",2");
    String[] tokens = last(metrics, "tokens").split(",");
    assertThat(Long.parseLong(tokens[1])).isEqualTo(report.totals().presentedTokens());
    assertThat(Double.parseDouble(tokens[2])).as("tokens a second").isPositive();
    assertThat(Long.parseLong(last(metrics, "tokens.computed").split(",")[1]))
        .isEqualTo(report.totals().computedTokens())
        .isPositive();
    assertThat(Long.parseLong(last(metrics, "memory.resident").split(",")[1]))
        .as("bytes of a process with a Spark in it")
        .isBetween(100L << 20, 1L << 40);
    long runs = Long.parseLong(last(metrics, "load.run").split(",")[1]);
    assertThat(runs).as("loads").isGreaterThanOrEqualTo(report.pieces());
    assertThat(last(metrics, "load.wait").split(",")[1]).isEqualTo(Long.toString(runs));
  }

  private Path input() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(i % 50 == 7 ? "not json" : Jobs.row(i, "answer " + i));
    }
    return Files.write(folder.resolve("in.jsonl"), rows);
  }

  private static String last(Path metrics, String name) throws IOException {
    try (Stream<Path> files = Files.list(metrics)) {
      Path file = metrics.resolve("job.driver.touchstone." + name + ".csv");
      assertThat(files).contains(file);
      List<String> lines = Files.readAllLines(file);
      return lines.get(lines.size() - 1);
    }
  }
}
