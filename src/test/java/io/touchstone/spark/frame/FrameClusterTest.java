package io.touchstone.spark.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.spark.FakeScorerFactory;
import io.touchstone.spark.Jobs;
import io.touchstone.spark.LocalCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FrameClusterTest {

  @TempDir Path folder;

  @Test
  void anExecutorOpensOneReplicaForAllItsPartitions() throws Exception {
    FakeScorerFactory scorers = FakeScorerFactory.named("frame, cluster");
    try (SparkSession spark =
        SparkSession.builder().config(LocalCluster.conf(folder)).getOrCreate()) {
      Dataset<Row> rows =
          Frames.of(spark, IntStream.range(0, 40).mapToObj(i -> Jobs.row(i, "a" + i)).toList());
      List<String> seen =
          Frames.scorer(spark, scorers, Map.of())
              .score(rows.repartition(8))
              .where("reward is not null")
              .mapPartitions(
                  (MapPartitionsFunction<Row, String>)
                      scored -> {
                        int count = 0;
                        for (; scored.hasNext(); scored.next()) {
                          count++;
                        }
                        return List.of(
                                count
                                    + " rows, "
                                    + scorers.opened()
                                    + " replica in "
                                    + ProcessHandle.current().pid())
                            .iterator();
                      },
                  Encoders.STRING())
              .collectAsList();
      assertThat(seen).hasSize(8).allMatch(each -> each.matches("\\d+ rows, 1 replica in \\d+"));
      assertThat(seen).noneMatch(each -> each.endsWith(" " + ProcessHandle.current().pid()));
      assertThat(scorers.opened()).isZero();
    }
  }
}
