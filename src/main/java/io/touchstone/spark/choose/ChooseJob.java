package io.touchstone.spark.choose;

import io.touchstone.files.commit.OutputFolders;
import io.touchstone.jobs.TooManyRejectedException;
import io.touchstone.jobs.choose.ChooseOutcome;
import io.touchstone.jobs.choose.ChoosePlan;
import io.touchstone.jobs.choose.ChooseRecord;
import io.touchstone.jobs.choose.ChooseReport;
import io.touchstone.jobs.choose.ChooseSummary;
import io.touchstone.jobs.choose.ChooseTotals;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Refused;
import io.touchstone.progress.JobProgress;
import io.touchstone.progress.ProgressSums;
import io.touchstone.spark.attempt.Pass;
import io.touchstone.spark.attempt.PieceJob;
import io.touchstone.spark.attempt.PieceRun;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;

/** Puts the rows of a plan where they belong, and finishes what an earlier run left undone. */
final class ChooseJob {

  private final ChoosePlan plan;
  private final Configuration hadoop;
  private final OutputFolders folders;
  private final PieceJob<ChooseRecord> job;
  private final PieceRun<ChooseRecord> run;

  ChooseJob(JavaSparkContext spark, ChoosePlan plan, Consumer<JobProgress> progress) {
    this.plan = plan;
    this.hadoop = spark.hadoopConfiguration();
    this.folders = plan.folders(hadoop);
    this.job =
        new PieceJob<>(
            plan.config().job(),
            plan.pieces(),
            plan.config().reading().maxLineBytes(),
            folders,
            plan.config().maxRejected(),
            ChooseRecord.class);
    this.run = new PieceRun<>(spark, job, progress);
  }

  /** One more reading of all pieces, before they are written. */
  Pass look(JavaSparkContext spark) {
    return Pass.of(spark.sc(), job.stop());
  }

  /**
   * @param looks that the work takes before it writes
   * @throws Refused if a folder is not empty and not of the same plan
   * @throws TooManyRejectedException if more lines are rejected than the whole job may reject
   * @throws JobException if a piece failed or the output does not add up
   */
  ChooseReport run(List<Pass> looks, PieceRun.Work work) {
    Optional<ChooseReport> earlier = ChooseOutcome.earlier(plan, hadoop);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    try {
      int resumed = run.finishPieces(looks, work);
      ChooseTotals totals = ChooseTotals.verified(plan, folders);
      ChooseReport report =
          new ChooseOutcome(plan, folders, hadoop)
              .report(totals, resumed, OptionalDouble.of(run.seconds()));
      long rejected = totals.rejectedLines();
      run.succeed(
          ChooseSummary.of(plan, report),
          new ProgressSums(totals.in() - rejected, rejected, 0, plan.bytes(), 1));
      return report;
    } catch (IOException e) {
      throw run.failed(e);
    }
  }
}
