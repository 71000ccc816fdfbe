package io.touchstone.spark.attempt;

import io.touchstone.files.commit.OutputFolders;
import io.touchstone.files.read.ChangedInputException;
import io.touchstone.files.read.InputChanges;
import io.touchstone.files.read.Piece;
import io.touchstone.jobs.PieceRecord;
import io.touchstone.jobs.TooManyRejectedException;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Refused;
import io.touchstone.problem.TaskFailure;
import io.touchstone.progress.JobProgress;
import io.touchstone.progress.ProgressClock;
import io.touchstone.progress.ProgressSums;
import io.touchstone.progress.ProgressTicker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job that commits pieces, on the driver: whatever its tasks do, it begins the
 * folders, finishes what an earlier run left undone, and stops early where too much is rejected.
 */
public final class PieceRun<T extends Record & PieceRecord> {

  private final JavaSparkContext spark;
  private final PieceJob<T> job;
  private final Consumer<JobProgress> progress;
  private final long begun = System.nanoTime();

  /** What Spark does for the pieces that are not committed. */
  @FunctionalInterface
  public interface Work {
    void run(List<Piece> missing, PieceTask task) throws IOException;
  }

  /**
   * @param progress called twice a second by a thread of its own, and once at the end
   */
  public PieceRun(JavaSparkContext spark, PieceJob<T> job, Consumer<JobProgress> progress) {
    this.spark = spark;
    this.job = job;
    this.progress = progress;
  }

  /** Attempts each piece in a task of its own. */
  public static void eachByItself(
      JavaSparkContext spark, List<Piece> missing, PieceTask task, PieceWorks works) {
    spark
        .parallelize(missing, missing.size())
        .foreach(piece -> new Attempt(piece, task, task.configuration()).run(works.of(piece)));
  }

  /**
   * Returns when all pieces are committed, and their files in their places.
   *
   * @param looks readings of all pieces that belong to the work and come before its attempts
   * @return how many pieces an earlier run had committed
   * @throws Refused if a folder is not empty and not of the same plan
   * @throws TooManyRejectedException if more lines are rejected than the whole job may reject
   * @throws JobException if a piece failed
   */
  public int finishPieces(List<Pass> looks, Work work) throws IOException {
    OutputFolders folders = job.folders();
    Set<Integer> done = folders.begin();
    List<Piece> missing = job.without(done);
    if (!missing.isEmpty()) {
      List<Pass> passes = new ArrayList<>(looks);
      passes.add(Pass.of(spark.sc(), job.stop().after(done, folders.first(), job.records())));
      ProgressClock clock =
          new ProgressClock(
              begun,
              job.bytes() - PieceJob.bytes(missing),
              passes.size() * job.bytes(),
              passes.size());
      run(missing, passes, clock, work);
    }
    folders.settle();
    return done.size();
  }

  private void run(List<Piece> missing, List<Pass> passes, ProgressClock clock, Work work)
      throws IOException {
    Pass last = passes.get(passes.size() - 1);
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    PieceTask task =
        new PieceTask(job.folders().layouts(), job.maxLineBytes(), last.counters(), hadoop);
    passes.forEach(pass -> spark.sc().addSparkListener(pass.live()));
    String group = UUID.randomUUID().toString();
    AtomicReference<@Nullable String> stopped = new AtomicReference<>();
    spark.setJobGroup(group, "touchstone " + job.name());
    try (ProgressTicker ticker =
        new ProgressTicker(
            () -> {
              Optional<String> reason =
                  passes.stream().flatMap(pass -> pass.tooManyRejected().stream()).findFirst();
              if (reason.isPresent()) {
                stopped.compareAndSet(null, reason.get());
                // Each time: between two of the work's jobs there is nothing to cancel.
                spark.cancelJobGroup(group);
              }
              progress.accept(clock.at(System.nanoTime(), sums(passes)));
            })) {
      work.run(missing, task);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      String reason = stopped.get();
      throw reason == null ? TaskFailure.of(e) : new TooManyRejectedException(reason);
    } finally {
      spark.clearJobGroup();
      passes.forEach(pass -> spark.sc().removeSparkListener(pass.live()));
    }
  }

  /** Rows count once, where they are written; bytes each time that they are read. */
  private static ProgressSums sums(List<Pass> passes) {
    ProgressSums sums = ProgressSums.NONE;
    for (Pass look : passes.subList(0, passes.size() - 1)) {
      ProgressSums seen = look.live().sums();
      sums =
          sums.plus(
              new ProgressSums(
                  0, 0, 0, seen.bytes(), seen.started(), seen.linesRead(), seen.bytesRead()));
    }
    return sums.plus(passes.get(passes.size() - 1).live().sums());
  }

  /** Since the run began. */
  public double seconds() {
    return (System.nanoTime() - begun) / 1e9;
  }

  /**
   * Tells the world, and who watches the progress, that all is done.
   *
   * @param totals of the whole job
   * @throws JobException if an input is not what it was when the job was planned
   */
  public void succeed(Record summary, ProgressSums totals) throws IOException {
    try {
      new InputChanges(spark.hadoopConfiguration()).refuse(job.files());
    } catch (ChangedInputException e) {
      throw new JobException(String.valueOf(e.getMessage()), e);
    }
    job.folders().succeed(summary);
    ProgressClock clock = new ProgressClock(begun, 0, job.bytes());
    progress.accept(clock.end(System.nanoTime(), totals));
  }

  /** What is told of trouble with the folders. */
  public JobException failed(IOException cause) {
    return new JobException(
        "[" + job.folders().first().layout().folder() + "] " + cause.getMessage(), cause);
  }
}
