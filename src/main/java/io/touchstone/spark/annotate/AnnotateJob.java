package io.touchstone.spark.annotate;

import io.touchstone.files.JsonFile;
import io.touchstone.files.commit.OutputFolder;
import io.touchstone.files.commit.OutputState;
import io.touchstone.files.read.Piece;
import io.touchstone.jobs.FirstRow;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.jobs.annotate.AnnotateSummary;
import io.touchstone.jobs.annotate.EarlyStop;
import io.touchstone.jobs.annotate.FinishedAnnotate;
import io.touchstone.jobs.annotate.RunPolicy;
import io.touchstone.jobs.annotate.TooManyRejectedException;
import io.touchstone.ledger.LedgerFolder;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Refused;
import io.touchstone.problem.TaskFailure;
import io.touchstone.progress.JobProgress;
import io.touchstone.progress.ProgressClock;
import io.touchstone.progress.ProgressSums;
import io.touchstone.progress.ProgressTicker;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.scoring.pipeline.AnnotationTotals;
import io.touchstone.spark.progress.LiveProgress;
import io.touchstone.spark.progress.ProgressCounters;
import io.touchstone.spark.replica.Preflight;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** Annotates the pieces of a plan, one task each, and finishes what an earlier run left undone. */
public final class AnnotateJob {

  private final JavaSparkContext spark;
  private final AnnotatePlan plan;
  private final ScorerFactory scorers;
  private final OutputFolder folder;
  private final long begun = System.nanoTime();

  private AnnotateJob(
      JavaSparkContext spark, AnnotatePlan plan, ScorerFactory scorers, Configuration hadoop) {
    this.spark = spark;
    this.plan = plan;
    this.scorers = scorers;
    this.folder = plan.folder(hadoop);
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
    AnnotateJob job = new AnnotateJob(spark, plan, scorers, spark.hadoopConfiguration());
    try {
      return job.run(progress);
    } catch (IOException e) {
      throw new JobException("[" + job.folder.layout().folder() + "] " + e.getMessage(), e);
    }
  }

  private AnnotateReport run(Consumer<JobProgress> progress) throws IOException {
    if (plan.config().policy().beginning() == RunPolicy.Beginning.RESUME
        && folder.check() instanceof OutputState.Finished) {
      return earlierReport();
    }
    if (plan.pieces().stream().anyMatch(piece -> piece.file().format() != null)) {
      Preflight.run(spark, scorers, plan.config().policy().waitSeconds());
    }
    if (plan.config().policy().beginning() == RunPolicy.Beginning.RESTART) {
      folder.discard();
    }
    Set<Integer> done = folder.begin();
    ProgressClock clock = new ProgressClock(begun, bytesOf(done), plan.bytes());
    List<Piece> missing =
        plan.pieces().stream().filter(piece -> !done.contains(piece.index())).toList();
    if (!missing.isEmpty()) {
      EarlyStop limit = EarlyStop.of(plan, folder, done);
      annotate(missing, limit, progress, clock);
    }
    AnnotateReport report = finish(done.size());
    progress.accept(clock.end(System.nanoTime(), sums(report.totals())));
    return report;
  }

  private long bytesOf(Set<Integer> committed) {
    return plan.pieces().stream()
        .filter(piece -> committed.contains(piece.index()))
        .mapToLong(Piece::bytes)
        .sum();
  }

  private void annotate(
      List<Piece> pieces, EarlyStop limit, Consumer<JobProgress> progress, ProgressClock clock)
      throws IOException {
    ProgressCounters counters = ProgressCounters.of(spark.sc());
    LiveProgress live = new LiveProgress(counters);
    Broadcast<SerializableConfiguration> hadoop =
        SerializableConfiguration.broadcast(spark.sc(), spark.hadoopConfiguration());
    AnnotateConfig config = plan.config();
    AnnotatePieces work =
        new AnnotatePieces(
            folder.layout(),
            new TaskSettings(
                config.turns(),
                config.labels().style(),
                config.labels().calibration(),
                config.writing(),
                config.reading().maxLineBytes(),
                config.policy().rowSeconds(),
                begunLedger()),
            scorers,
            counters,
            hadoop);
    spark.sc().addSparkListener(live);
    String group = UUID.randomUUID().toString();
    AtomicReference<@Nullable String> stopped = new AtomicReference<>();
    spark.setJobGroup(group, "touchstone annotate");
    try (ProgressTicker ticker =
        new ProgressTicker(
            () -> {
              Optional<String> reason = limit.reason(finished(live), rejectedSoFar(live));
              if (reason.isPresent() && stopped.compareAndSet(null, reason.get())) {
                spark.cancelJobGroup(group);
              }
              progress.accept(clock.at(System.nanoTime(), live.sums()));
            })) {
      spark.parallelize(pieces, pieces.size()).mapPartitions(work).count();
    } catch (Exception e) {
      String reason = stopped.get();
      throw reason == null ? TaskFailure.of(e) : new TooManyRejectedException(reason);
    } finally {
      spark.clearJobGroup();
      spark.sc().removeSparkListener(live);
      hadoop.destroy();
    }
  }

  /** Named from the root, because an executor has a working folder of its own. */
  private String begunLedger() throws IOException {
    String ledger = plan.config().ledger();
    if (ledger.isEmpty()) {
      return ledger;
    }
    LedgerFolder begun = LedgerFolder.of(ledger, spark.hadoopConfiguration());
    begun.begin();
    return begun.toString();
  }

  private ProgressSums sums(AnnotationTotals totals) {
    return new ProgressSums(
        totals.out(), totals.rejectedLines(), totals.presentedTokens(), plan.bytes(), 1);
  }

  private static EarlyStop.Seen finished(LiveProgress live) {
    ProgressSums ended = live.endedSums();
    return new EarlyStop.Seen(ended.rows() + ended.rejected(), ended.rejected(), ended.bytes());
  }

  /** Of two attempts that run at once on one piece, what both have rejected counts once. */
  private long rejectedSoFar(LiveProgress live) {
    boolean speculates = spark.getConf().getBoolean("spark.speculation", false);
    return (speculates ? live.endedSums() : live.sums()).rejected();
  }

  private AnnotateReport finish(int resumed) throws IOException {
    folder.settle();
    FinishedAnnotate pieces = FinishedAnnotate.verified(plan, folder);
    double seconds = (System.nanoTime() - begun) / 1e9;
    AnnotateReport report =
        new AnnotateReport(
            pieces.totals(),
            new AnnotateReport.Seconds(
                seconds,
                pieces.loadNanos() / 1e9,
                pieces.totals().prepareNanos() / 1e9,
                pieces.totals().forwardNanos() / 1e9),
            plan.pieces().size(),
            resumed,
            plan.skippedFiles(),
            folder.layout().folder(),
            FirstRow.of(folder),
            false);
    folder.succeed(AnnotateSummary.of(plan, report, pieces.timings()));
    return report;
  }

  private AnnotateReport earlierReport() throws IOException {
    FinishedAnnotate pieces = FinishedAnnotate.verified(plan, folder);
    AnnotateSummary summary =
        JsonFile.read(folder.placement().read(folder.layout().summary()), AnnotateSummary.class);
    return new AnnotateReport(
        pieces.totals(),
        summary.seconds(),
        summary.pieces().all(),
        summary.pieces().resumed(),
        plan.skippedFiles(),
        folder.layout().folder(),
        FirstRow.of(folder),
        true);
  }
}
