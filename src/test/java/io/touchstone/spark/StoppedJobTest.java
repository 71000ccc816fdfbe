package io.touchstone.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.conversation.format.FormatTable;
import io.touchstone.jobs.TooManyRejectedException;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.jobs.annotate.RunPolicy;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.spark.annotate.AnnotateJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoppedJobTest {

  @TempDir Path folder;

  /** Scores nothing of a job until that job is stopped. */
  private static ScorerFactory patient(ScorerFactory scorers) {
    return new InterposedScorers(
        scorers,
        load -> {
          // One row is what a scorer is checked with when it is opened.
          while (load.size() > 1 && !TaskContext.get().isInterrupted()) {
            Thread.onSpinWait();
          }
        });
  }

  @Test
  void aJobWithTooManyBadLinesEndsEarlyAndGoesOnWithAHigherLimit() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add("bad " + i);
    }
    Path bad = Files.write(folder.resolve("a.jsonl"), rows);
    Path good =
        Files.writeString(folder.resolve("b.jsonl"), Jobs.row(1, "x") + "\n" + Jobs.row(2, "y"));
    Path out = folder.resolve("out");
    AnnotateConfig config = Jobs.config(out, 1 << 20, bad.toString(), good.toString());
    FakeScorerFactory scorers = FakeScorerFactory.named("stopped");
    try (JavaSparkContext spark = new JavaSparkContext(Jobs.spark("local[2]"))) {
      ScorerFactory patient = patient(scorers);
      AnnotatePlan limited = Jobs.plan(withLimit(config, 20), patient);
      TooManyRejectedException thrown =
          catchThrowableOfType(
              TooManyRejectedException.class,
              () -> AnnotateJob.run(spark, limited, patient, progress -> {}));
      assertThat(thrown).hasMessage("40 lines rejected before the end of the input");
      assertThat(Jobs.tree(out)).contains("part-00000.jsonl", "_rejected/part-00000.jsonl");
      assertThat(out.resolve("_SUCCESS")).doesNotExist();
    }
    try (JavaSparkContext spark = new JavaSparkContext(Jobs.spark("local[2]"))) {
      AnnotatePlan willing = Jobs.plan(withLimit(config, 40), scorers);
      // The replica of this process is the patient one: a new description opens another.
      ScorerFactory unlike = FakeScorerFactory.named("stopped-again");
      AnnotateReport report = AnnotateJob.run(spark, willing, unlike, progress -> {});
      assertThat(report.resumedPieces()).isEqualTo(1);
      assertThat(report.totals().out()).isEqualTo(2);
      assertThat(report.totals().rejectedLines()).isEqualTo(40);
    }
  }

  private static AnnotateConfig withLimit(AnnotateConfig config, long most) {
    return new AnnotateConfig(
        config.reading(),
        config.groupBytes(),
        config.output(),
        Optional.of(FormatTable.HELPSTEER2),
        config.rules(),
        config.labels(),
        config.writing(),
        config.ledger(),
        config.provenance(),
        new RunPolicy(RunPolicy.Beginning.RESUME, (rejected, in) -> rejected > most, 300, 0));
  }
}
