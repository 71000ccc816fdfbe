package io.touchstone.spark.generate;

import io.touchstone.files.commit.OutputFolders;
import io.touchstone.generation.GeneratorFactory;
import io.touchstone.jobs.Ended;
import io.touchstone.jobs.TooManyRejectedException;
import io.touchstone.jobs.annotate.RunPolicy;
import io.touchstone.jobs.generate.FinishedGenerate;
import io.touchstone.jobs.generate.GenerateConfig;
import io.touchstone.jobs.generate.GenerateOutcome;
import io.touchstone.jobs.generate.GeneratePlan;
import io.touchstone.jobs.generate.GenerateRecord;
import io.touchstone.jobs.generate.GenerateReport;
import io.touchstone.jobs.generate.GenerateSummary;
import io.touchstone.jobs.generate.GenerateTotals;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Refused;
import io.touchstone.progress.JobProgress;
import io.touchstone.progress.ProgressSums;
import io.touchstone.spark.attempt.PieceJob;
import io.touchstone.spark.attempt.PieceRun;
import io.touchstone.spark.attempt.PieceWorks;
import io.touchstone.spark.replica.Preflight;
import io.touchstone.spark.replica.Replica;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;

/** Answers the pieces of a plan, one task each, and finishes what an earlier run left undone. */
public final class GenerateJob {

  private final JavaSparkContext spark;
  private final GeneratePlan plan;
  private final GeneratorFactory generators;
  private final OutputFolders folders;
  private final PieceRun<GenerateRecord> run;

  private GenerateJob(
      JavaSparkContext spark,
      GeneratePlan plan,
      GeneratorFactory generators,
      Consumer<JobProgress> progress) {
    this.spark = spark;
    this.plan = plan;
    this.generators = generators;
    this.folders = new OutputFolders(List.of(plan.folder(spark.hadoopConfiguration())));
    this.run =
        new PieceRun<>(
            spark,
            new PieceJob<>(
                "generate",
                plan.pieces(),
                plan.config().reading().maxLineBytes(),
                folders,
                plan.config().policy().maxRejected(),
                GenerateRecord.class),
            progress);
  }

  /**
   * @param progress called twice a second by a thread of its own, and once at the end; its tokens
   *     are generated ones
   * @throws Refused if the output folder is not empty and not of the same plan
   * @throws TooManyRejectedException if the plan's policy ends the job before its end
   * @throws JobException if a piece failed or the output does not add up
   */
  public static GenerateReport run(
      JavaSparkContext spark,
      GeneratePlan plan,
      GeneratorFactory generators,
      Consumer<JobProgress> progress) {
    Optional<GenerateReport> earlier = GenerateOutcome.earlier(plan, spark.hadoopConfiguration());
    if (earlier.isPresent()) {
      return earlier.get();
    }
    GenerateJob job = new GenerateJob(spark, plan, generators, progress);
    try {
      return job.run();
    } catch (IOException e) {
      throw job.run.failed(e);
    }
  }

  private GenerateReport run() throws IOException {
    RunPolicy policy = plan.config().policy();
    if (plan.pieces().stream().anyMatch(piece -> piece.file().format() != null)) {
      Preflight.run(spark, generators, GenerateWork.opening(generators), policy.waitSeconds());
    }
    if (policy.beginning() == RunPolicy.Beginning.RESTART) {
      folders.first().discard();
    }
    LongAccumulator unsteady = spark.sc().longAccumulator("pieces whose bits follow company");
    int resumed =
        run.finishPieces(
            List.of(),
            (missing, task) ->
                PieceRun.eachByItself(spark, missing, task, works(task(), generators, unsteady)));
    FinishedGenerate pieces = FinishedGenerate.verified(plan, folders);
    GenerateTotals totals = pieces.totals();
    GenerateReport.Seconds seconds =
        new GenerateReport.Seconds(
            run.seconds(), pieces.loadNanos() / 1e9, totals.busyNanos() / 1e9);
    GenerateReport report =
        new GenerateOutcome(plan, folders.first(), spark.hadoopConfiguration())
            .report(pieces, new GenerateSummary.Made(resumed, seconds, unsteady.sum()), Ended.NOW);
    Replica.confirm(generators);
    run.succeed(
        GenerateSummary.of(plan, report, pieces.timings()),
        new ProgressSums(
            totals.out(), totals.rejectedLines(), totals.answers().tokens(), plan.bytes(), 1));
    return report;
  }

  private static PieceWorks works(
      GenerateTask task, GeneratorFactory generators, LongAccumulator unsteady) {
    return piece -> new GenerateWork(task, generators, SparkEnv.get().executorId(), unsteady);
  }

  private GenerateTask task() {
    GenerateConfig config = plan.config();
    return new GenerateTask(
        config.prompts(), config.reading().maxLineBytes(), config.policy().rowSeconds());
  }
}
