package io.touchstone.spark.annotate;

import io.touchstone.files.commit.OutputFolders;
import io.touchstone.jobs.Ended;
import io.touchstone.jobs.TooManyRejectedException;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotateOutcome;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.annotate.AnnotateRecord;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.jobs.annotate.AnnotateSummary;
import io.touchstone.jobs.annotate.FinishedAnnotate;
import io.touchstone.jobs.annotate.RunPolicy;
import io.touchstone.jobs.annotate.ScoringRun;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Refused;
import io.touchstone.progress.JobProgress;
import io.touchstone.progress.ProgressSums;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.scoring.pipeline.AnnotationTotals;
import io.touchstone.spark.attempt.PieceJob;
import io.touchstone.spark.attempt.PieceRun;
import io.touchstone.spark.attempt.PieceWorks;
import io.touchstone.spark.replica.Preflight;
import io.touchstone.spark.replica.Replica;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;

/** Annotates the pieces of a plan, one task each, and finishes what an earlier run left undone. */
public final class AnnotateJob {

  private final JavaSparkContext spark;
  private final AnnotatePlan plan;
  private final ScorerFactory scorers;
  private final OutputFolders folders;
  private final PieceRun<AnnotateRecord> run;

  private AnnotateJob(
      JavaSparkContext spark,
      AnnotatePlan plan,
      ScorerFactory scorers,
      Consumer<JobProgress> progress) {
    this.spark = spark;
    this.plan = plan;
    this.scorers = scorers;
    this.folders = new OutputFolders(List.of(plan.folder(spark.hadoopConfiguration())));
    this.run =
        new PieceRun<>(
            spark,
            new PieceJob<>(
                "annotate",
                plan.pieces(),
                plan.config().reading().maxLineBytes(),
                folders,
                plan.config().policy().maxRejected(),
                AnnotateRecord.class),
            progress);
  }

  /**
   * @param progress called twice a second by a thread of its own, and once at the end
   * @throws Refused if the output folder is not empty and not of the same plan
   * @throws TooManyRejectedException if the plan's policy ends the job before its end
   * @throws JobException if a piece failed or the output does not add up
   */
  public static AnnotateReport run(
      JavaSparkContext spark,
      AnnotatePlan plan,
      ScorerFactory scorers,
      Consumer<JobProgress> progress) {
    Optional<AnnotateReport> earlier = AnnotateOutcome.earlier(plan, spark.hadoopConfiguration());
    if (earlier.isPresent()) {
      return earlier.get();
    }
    AnnotateJob job = new AnnotateJob(spark, plan, scorers, progress);
    try {
      return job.run();
    } catch (IOException e) {
      throw job.run.failed(e);
    }
  }

  private AnnotateReport run() throws IOException {
    RunPolicy policy = plan.config().policy();
    if (plan.pieces().stream().anyMatch(piece -> piece.file().format() != null)) {
      Preflight.run(spark, scorers, Replica.opening(scorers), policy.waitSeconds());
    }
    if (policy.beginning() == RunPolicy.Beginning.RESTART) {
      folders.first().discard();
    }
    LongAccumulator unsteady = spark.sc().longAccumulator("pieces whose bits follow company");
    int resumed =
        run.finishPieces(
            List.of(),
            (missing, task) ->
                PieceRun.eachByItself(spark, missing, task, works(settings(), scorers, unsteady)));
    FinishedAnnotate pieces = FinishedAnnotate.verified(plan, folders);
    AnnotationTotals totals = pieces.totals();
    AnnotateReport.Seconds seconds =
        new AnnotateReport.Seconds(
            run.seconds(),
            pieces.loadNanos() / 1e9,
            totals.prepareNanos() / 1e9,
            totals.forwardNanos() / 1e9);
    AnnotateReport report =
        new AnnotateOutcome(plan, folders.first(), spark.hadoopConfiguration())
            .report(
                pieces,
                new ScoringRun.Made(resumed, seconds, unsteady.sum(), Optional.of(Instant.now())),
                Ended.NOW);
    Replica.confirm(scorers);
    run.succeed(
        AnnotateSummary.of(plan, report, pieces.timings()),
        new ProgressSums(
            totals.out(), totals.rejectedLines(), totals.presentedTokens(), plan.bytes(), 1));
    return report;
  }

  private static PieceWorks works(
      TaskSettings settings, ScorerFactory scorers, LongAccumulator unsteady) {
    return piece -> new AnnotateWork(settings, scorers, SparkEnv.get().executorId(), unsteady);
  }

  private TaskSettings settings() throws IOException {
    AnnotateConfig config = plan.config();
    return new TaskSettings(
        config.rules(),
        config.labels(),
        config.writing(),
        config.groupBytes(),
        config.policy().rowSeconds(),
        config.ledger().begun(spark.hadoopConfiguration()));
  }
}
