package io.touchstone.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.jobs.choose.ChooseConfig;
import io.touchstone.jobs.choose.ChooseReport;
import io.touchstone.jobs.choose.FilterRequest.Part;
import io.touchstone.spark.choose.FilterJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranks that executors of their own work out together. */
final class FilterClusterTest {

  @TempDir Path folder;

  @Test
  void twoExecutorProcessesGiveWhatOneGives() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int id = 0; id < 500; id++) {
      rows.add(
          "{\"id\": %d, \"prompt\": \"q%d\", \"response\": \"r\", \"reward\": %d}"
              .formatted(id, id * 7 % 400, id * 31 % 45));
    }
    Path input = Files.write(folder.resolve("in.jsonl"), rows);
    ChooseReport cluster = filter(LocalCluster.conf(folder), "cluster", input);
    ChooseReport local = filter(Jobs.spark("local[1]"), "local", input);
    assertThat(cluster.totals().verdicts()).isEqualTo(local.totals().verdicts());
    assertThat(cluster.totals().verdicts()).containsKeys("kept", "duplicate", "not-top");
    for (String half : List.of("kept", "dropped")) {
      assertThat(Jobs.parts(folder.resolve("cluster-" + half)))
          .isEqualTo(Jobs.parts(folder.resolve("local-" + half)));
    }
  }

  private ChooseReport filter(SparkConf conf, String name, Path input) throws IOException {
    List<Path> outputs = List.of(folder.resolve(name + "-kept"), folder.resolve(name + "-dropped"));
    ChooseConfig config =
        ChooseJobs.withFormats(
            ChooseJobs.config("filter", outputs, Files.size(input) / 5 + 1, input));
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      return FilterJob.run(
          spark,
          ChooseJobs.plan(config),
          ChooseJobs.ask(null, "0.3", Part.DEDUP, Part.RANK),
          progress -> {});
    }
  }
}
