package io.touchstone.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.annotate.AnnotateRecord;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.problem.JobException;
import io.touchstone.progress.JobProgress;
import io.touchstone.spark.annotate.AnnotateJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job on a standalone cluster of two executor processes. */
final class LocalClusterTest {

  @TempDir static Path folder;
  private static JavaSparkContext spark;

  @BeforeAll
  static void startCluster() throws IOException {
    spark = new JavaSparkContext(LocalCluster.conf(folder));
  }

  @AfterAll
  static void stopCluster() {
    if (spark != null) {
      spark.stop();
    }
  }

  @Test
  void twoExecutorProcessesGiveWhatOneGivesAndErrorsComeBackWhole() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      rows.add(i % 50 == 7 ? "not json " + i : Jobs.row(i, "answer ".repeat(i % 7) + i));
    }
    Path input = Files.write(folder.resolve("in.jsonl"), rows);
    Path out = folder.resolve("out");
    FakeScorerFactory scorers = FakeScorerFactory.named("cluster");
    AnnotateConfig config = Jobs.config(out, Files.size(input) / 8 + 1, input.toString());
    List<JobProgress> seen = new ArrayList<>();
    AnnotateReport report = AnnotateJob.run(spark, Jobs.plan(config, scorers), scorers, seen::add);

    Set<Long> processes = new HashSet<>();
    int loads = 0;
    for (AnnotateRecord stats : Jobs.pieces(out)) {
      processes.add(stats.processId());
      loads += stats.loadNanos() > 0 ? 1 : 0;
    }
    assertThat(processes).hasSize(2).doesNotContain(ProcessHandle.current().pid());
    assertThat(loads).as("replicas opened").isEqualTo(2);
    assertThat(report.totals().out()).isEqualTo(392);
    assertThat(report.totals().rejectedLines()).isEqualTo(8);
    assertThat(seen.get(seen.size() - 1).rows()).isEqualTo(392);

    FakeScorerFactory failing =
        FakeScorerFactory.named("cluster-fails").failingAt("question 3\u0001");
    AnnotatePlan failed =
        Jobs.plan(Jobs.config(folder.resolve("failed"), 1 << 20, input.toString()), failing);
    assertThat(
            catchThrowableOfType(
                JobException.class, () -> AnnotateJob.run(spark, failed, failing, progress -> {})))
        .hasMessage(failed.pieces().get(0) + ": scorer: expected to live, found its end");

    stopCluster();
    spark = new JavaSparkContext(Jobs.spark("local[1]"));
    Path local = folder.resolve("local");
    Jobs.run(spark, Jobs.config(local, 1 << 20, input.toString()), scorers);
    assertThat(Jobs.parts(out)).isEqualTo(Jobs.parts(local));
    assertThat(Jobs.parts(out.resolve("_rejected")))
        .isEqualTo(Jobs.parts(local.resolve("_rejected")));
  }
}
