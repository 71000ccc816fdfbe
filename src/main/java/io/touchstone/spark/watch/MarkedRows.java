package io.touchstone.spark.watch;

import com.codahale.metrics.Timer;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.read.Piece;
import io.touchstone.scoring.pipeline.RowWatch;
import io.touchstone.spark.progress.ExecutorMetrics;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one attempt: those that are read ahead, each load, and each row that goes alone are
 * marked while they are under way.
 */
public final class MarkedRows implements RowWatch, Closeable {

  private static final String UNFINISHED = "no score";

  /** One load of a process is marked at a time: no other is blamed for its end. */
  private static final Lock TURN = new ReentrantLock();

  private final Piece piece;
  private final Suspicions suspicions;
  private final AttemptMark mark;
  private final int rowSeconds;
  private final ExecutorMetrics metrics = ExecutorMetrics.ofThisProcess();

  /** A timer for each row would cost more than many rows do. */
  private final @Nullable ScheduledFuture<?> clock;

  private volatile @Nullable Begun preparing;

  /** A row whose preparation began at a time of {@link System#nanoTime}. */
  private record Begun(long line, long nanos) {}

  /**
   * Takes over the mark, and closes it.
   *
   * @param rowSeconds that a row may take; 0 for any time
   */
  public MarkedRows(Piece piece, Suspicions suspicions, AttemptMark mark, int rowSeconds) {
    this.piece = piece;
    this.suspicions = suspicions;
    this.mark = mark;
    this.rowSeconds = rowSeconds;
    this.clock = rowSeconds == 0 ? null : RowTimer.every(this::endIfLate);
  }

  @Override
  public Caution caution(RawLine line) {
    return suspicions.isEmpty()
        ? new Caution.None()
        : suspicions.caution(line.offset(), rowSeconds, Sought.SCORE);
  }

  @Override
  public void ahead(List<RawLine> lines) throws IOException {
    // Where a mark is written anew each time nobody can tell a death from a pause either.
    if (mark.appends()) {
      mark.write(AttemptStep.of(AttemptStep.Step.AHEAD, List.of(run(lines)), rowSeconds));
    }
  }

  @Override
  public <T> T preparing(RawLine line, Supplier<T> work) throws IOException {
    try {
      ModelRoom.shared().lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while a row ran alone");
    }
    try {
      if (rowSeconds > 0) {
        preparing = new Begun(line.offset(), System.nanoTime());
      }
      return suspicions.isEmpty() || !suspicions.isApart(line.offset())
          ? work.get()
          : apart(line.offset(), work);
    } finally {
      preparing = null;
      ModelRoom.shared().unlock();
    }
  }

  private <T> T apart(long line, Supplier<T> work) throws IOException {
    mark.write(AttemptStep.of(AttemptStep.Step.APART, line, rowSeconds));
    try {
      return work.get();
    } finally {
      mark.write(AttemptStep.of(AttemptStep.Step.PREPARED, line, rowSeconds));
    }
  }

  private void endIfLate() {
    Begun row = preparing;
    if (row == null || System.nanoTime() - row.nanos < rowSeconds * 1_000_000_000L) {
      return;
    }
    RowTimer.end(
        rowSeconds,
        () -> write(AttemptStep.of(AttemptStep.Step.LATE, row.line, rowSeconds)),
        piece + ", the row at byte " + row.line + ", before the model",
        UNFINISHED);
  }

  @Override
  public <T> T scoring(List<List<RawLine>> runs, Supplier<T> work) throws IOException {
    long ready = System.nanoTime();
    ModelRoom.take(TURN);
    try {
      return ModelRoom.shared(
          () -> {
            metrics.loadWait().update(System.nanoTime() - ready, TimeUnit.NANOSECONDS);
            return marked(load(runs), runs.stream().mapToInt(List::size).sum(), work);
          });
    } finally {
      TURN.unlock();
    }
  }

  @Override
  public <T> T alone(RawLine line, Supplier<T> work) throws IOException {
    return ModelRoom.alone(
        () -> marked(AttemptStep.of(AttemptStep.Step.ALONE, line.offset(), rowSeconds), 1, work));
  }

  @Override
  public void close() throws IOException {
    if (clock != null) {
      clock.cancel(false);
    }
    mark.close();
  }

  private AttemptStep load(List<List<RawLine>> runs) {
    return AttemptStep.of(
        AttemptStep.Step.LOAD, runs.stream().map(MarkedRows::run).toList(), rowSeconds);
  }

  private static AttemptStep.Run run(List<RawLine> lines) {
    return new AttemptStep.Run(lines.get(0).offset(), lines.get(lines.size() - 1).offset());
  }

  private <T> T marked(AttemptStep now, int rows, Supplier<T> work) throws IOException {
    mark.write(now);
    @Nullable ScheduledFuture<?> timer = timer(now, rows);
    try (Timer.Context running = metrics.loadRun().time()) {
      return work.get();
    } finally {
      if (timer != null) {
        timer.cancel(false);
      }
      mark.write(AttemptStep.nothing());
    }
  }

  /** A load may take as long as its rows may, one after another: so it is late only if one is. */
  private @Nullable ScheduledFuture<?> timer(AttemptStep now, int rows) {
    if (rowSeconds == 0) {
      return null;
    }
    String what = piece + ", " + rows + " rows from byte " + now.first();
    return RowTimer.start((long) rowSeconds * rows, () -> overdue(now), what, UNFINISHED);
  }

  private void overdue(AttemptStep now) {
    if (now.step() == AttemptStep.Step.ALONE) {
      write(AttemptStep.of(AttemptStep.Step.OVERDUE, now.first(), rowSeconds));
    }
  }

  private void write(AttemptStep now) {
    try {
      mark.write(now);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
