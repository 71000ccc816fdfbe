package io.touchstone.spark.choose;

import io.touchstone.files.commit.OutputFolder;
import io.touchstone.files.commit.OutputState;
import io.touchstone.files.read.Piece;
import io.touchstone.jobs.FirstRow;
import io.touchstone.jobs.choose.ChoosePlan;
import io.touchstone.jobs.choose.ChooseReport;
import io.touchstone.jobs.choose.ChooseSummary;
import io.touchstone.jobs.choose.ChooseTotals;
import io.touchstone.jobs.choose.FinishedChoose;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Refused;
import io.touchstone.problem.TaskFailure;
import io.touchstone.progress.JobProgress;
import io.touchstone.progress.ProgressClock;
import io.touchstone.progress.ProgressTicker;
import io.touchstone.spark.progress.LiveProgress;
import io.touchstone.spark.progress.ProgressCounters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Puts the rows of a plan where they belong, and finishes what an earlier run left undone. */
final class ChooseJob {

  private final JavaSparkContext spark;
  private final ChoosePlan plan;
  private final List<OutputFolder> folders;
  private final long begun = System.nanoTime();

  /** What Spark does for the pieces that are not committed. */
  @FunctionalInterface
  interface Work {
    void run(List<Piece> missing, ChooseTask task);
  }

  ChooseJob(JavaSparkContext spark, ChoosePlan plan) {
    this.spark = spark;
    this.plan = plan;
    this.folders = plan.folders(spark.hadoopConfiguration());
  }

  /**
   * Looks without touching anything; needs no Spark.
   *
   * @return the pieces that are committed in all folders; empty for folders that are not begun
   * @throws Refused if a folder is not empty and not of the same plan
   */
  static Progress check(ChoosePlan plan, List<OutputFolder> folders) {
    List<String> problems = new ArrayList<>();
    List<OutputState> states = new ArrayList<>();
    for (OutputFolder folder : folders) {
      try {
        states.add(folder.check());
      } catch (Refused e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new Refused(problems);
    }
    List<Set<Integer>> committed =
        states.stream().map(state -> committed(state, plan.pieces().size())).toList();
    for (int i = 1; i < folders.size(); i++) {
      if (!committed.get(i).containsAll(committed.get(0))) {
        throw halfMissing(folders, i);
      }
    }
    boolean finished = states.stream().allMatch(OutputState.Finished.class::isInstance);
    return new Progress(states, committed.get(0), finished);
  }

  /**
   * Where the folders of a job stand.
   *
   * @param committed pieces that need no work
   */
  record Progress(List<OutputState> states, Set<Integer> committed, boolean finished) {}

  private static Set<Integer> committed(OutputState state, int pieces) {
    if (state instanceof OutputState.Unfinished unfinished) {
      return unfinished.committed();
    }
    Set<Integer> all = new HashSet<>();
    for (int i = 0; i < pieces && state instanceof OutputState.Finished; i++) {
      all.add(i);
    }
    return all;
  }

  /**
   * @param passes how often the work reads its pieces
   * @throws Refused if a folder is not empty and not of the same plan
   * @throws JobException if a piece failed or the output does not add up
   */
  ChooseReport run(Work work, int passes, Consumer<JobProgress> progress) {
    try {
      Progress state = check(plan, folders);
      if (state.finished()) {
        return report(
            FinishedChoose.verified(plan, folders), plan.pieces().size(), OptionalDouble.empty());
      }
      Set<Integer> done = begin();
      List<Piece> missing =
          plan.pieces().stream().filter(piece -> !done.contains(piece.index())).toList();
      long bytesMissing = missing.stream().mapToLong(Piece::bytes).sum();
      if (!missing.isEmpty()) {
        ProgressClock clock =
            new ProgressClock(begun, plan.bytes() - bytesMissing, passes * plan.bytes());
        work(work, missing, clock, progress);
      }
      for (OutputFolder folder : folders) {
        folder.settle();
      }
      ChooseTotals totals = FinishedChoose.verified(plan, folders);
      ChooseReport report =
          report(totals, done.size(), OptionalDouble.of((System.nanoTime() - begun) / 1e9));
      ChooseSummary summary = ChooseSummary.of(plan, report);
      // The first folder's success stands for all.
      for (int i = folders.size() - 1; i >= 0; i--) {
        folders.get(i).succeed(summary);
      }
      return report;
    } catch (IOException e) {
      throw new JobException("[" + folders.get(0).layout().folder() + "] " + e.getMessage(), e);
    }
  }

  /** A piece needs no work if the first folder has it: it is committed there last. */
  private Set<Integer> begin() throws IOException {
    Set<Integer> done = folders.get(0).begin();
    for (int i = 1; i < folders.size(); i++) {
      if (!folders.get(i).begin().containsAll(done)) {
        throw halfMissing(folders, i);
      }
    }
    return done;
  }

  private static Refused halfMissing(List<OutputFolder> folders, int missing) {
    return Refused.because(
        "["
            + folders.get(missing).layout().folder()
            + "] expected the other half of what lies in "
            + folders.get(0).layout().folder()
            + ", found pieces missing; remove both folders to begin anew");
  }

  private void work(
      Work work, List<Piece> missing, ProgressClock clock, Consumer<JobProgress> progress) {
    ProgressCounters counters = ProgressCounters.of(spark.sc());
    LiveProgress live = new LiveProgress(counters);
    Configuration configuration = spark.hadoopConfiguration();
    Broadcast<SerializableConfiguration> hadoop =
        SerializableConfiguration.broadcast(spark.sc(), configuration);
    ChooseTask task =
        new ChooseTask(
            folders.stream().map(OutputFolder::layout).toList(),
            plan.config().reading().maxLineBytes(),
            counters,
            hadoop);
    spark.sc().addSparkListener(live);
    try (ProgressTicker ticker =
        new ProgressTicker(() -> progress.accept(clock.at(System.nanoTime(), live.sums())))) {
      work.run(missing, task);
    } catch (Exception e) {
      throw TaskFailure.of(e);
    } finally {
      spark.sc().removeSparkListener(live);
      hadoop.destroy();
    }
  }

  /**
   * @param seconds empty if an earlier run had finished
   */
  private ChooseReport report(ChooseTotals totals, int resumed, OptionalDouble seconds)
      throws IOException {
    return new ChooseReport(
        totals.in(),
        totals.blank(),
        totals.rejected(),
        totals.verdicts(),
        totals.notes(),
        totals.written(),
        folders.stream().map(folder -> folder.layout().folder()).toList(),
        plan.pieces().size(),
        resumed,
        plan.skippedFiles(),
        seconds.orElse(0),
        FirstRow.of(folders.get(0)),
        seconds.isEmpty());
  }
}
