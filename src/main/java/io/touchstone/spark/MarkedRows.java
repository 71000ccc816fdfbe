package io.touchstone.spark;

import com.codahale.metrics.Timer;
import io.touchstone.conversation.RawLine;
import io.touchstone.scoring.RowWatch;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rows of one attempt: each load, and each row that goes alone, is marked while it runs. */
final class MarkedRows implements RowWatch, Closeable {

  /** One load of a process is marked at a time: no other is blamed for its end. */
  private static final Lock TURN = new ReentrantLock();

  /** Shared by all that many may do at once; a row that goes alone has it for itself. */
  private static final ReentrantReadWriteLock ROOM = new ReentrantReadWriteLock();

  private final Piece piece;
  private final Suspicions suspicions;
  private final Mark mark;
  private final int rowSeconds;
  private final ExecutorMetrics metrics = ExecutorMetrics.ofThisProcess();

  /**
   * Takes over the mark, and closes it.
   *
   * @param rowSeconds that a row may take; 0 for any time
   */
  MarkedRows(Piece piece, Suspicions suspicions, Mark mark, int rowSeconds) {
    this.piece = piece;
    this.suspicions = suspicions;
    this.mark = mark;
    this.rowSeconds = rowSeconds;
  }

  @Override
  public Caution caution(RawLine line) {
    return suspicions.isEmpty()
        ? new Caution.None()
        : suspicions.caution(line.offset(), rowSeconds);
  }

  @Override
  public <T> T preparing(Supplier<T> work) {
    try {
      ROOM.readLock().lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while a row ran alone");
    }
    try {
      return work.get();
    } finally {
      ROOM.readLock().unlock();
    }
  }

  @Override
  public <T> T scoring(List<RawLine> lines, Supplier<T> work) throws IOException {
    long first = lines.get(0).offset();
    long last = lines.get(lines.size() - 1).offset();
    long ready = System.nanoTime();
    take(TURN);
    try {
      take(ROOM.readLock());
      try {
        metrics.loadWait().update(System.nanoTime() - ready, TimeUnit.NANOSECONDS);
        Underway load = new Underway(Underway.Step.LOAD, first, last, rowSeconds);
        return marked(load, lines.size(), work);
      } finally {
        ROOM.readLock().unlock();
      }
    } finally {
      TURN.unlock();
    }
  }

  @Override
  public <T> T alone(RawLine line, Supplier<T> work) throws IOException {
    take(ROOM.writeLock());
    try {
      Underway row = new Underway(Underway.Step.ALONE, line.offset(), line.offset(), rowSeconds);
      return marked(row, 1, work);
    } finally {
      ROOM.writeLock().unlock();
    }
  }

  @Override
  public void close() throws IOException {
    mark.close();
  }

  private static void take(Lock lock) throws InterruptedIOException {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while other rows were scored");
    }
  }

  private <T> T marked(Underway now, int rows, Supplier<T> work) throws IOException {
    mark.write(now);
    @Nullable ScheduledFuture<?> timer = timer(now, rows);
    try (Timer.Context running = metrics.loadRun().time()) {
      return work.get();
    } finally {
      if (timer != null) {
        timer.cancel(false);
      }
      mark.write(Underway.nothing());
    }
  }

  /** A load may take as long as its rows may, one after another: so it is late only if one is. */
  private @Nullable ScheduledFuture<?> timer(Underway now, int rows) {
    if (rowSeconds == 0) {
      return null;
    }
    String what = piece + ", " + rows + " rows from byte " + now.first();
    return RowTimer.start((long) rowSeconds * rows, () -> overdue(now), what);
  }

  private void overdue(Underway now) {
    if (now.step() == Underway.Step.ALONE) {
      try {
        mark.write(new Underway(Underway.Step.OVERDUE, now.first(), now.last(), rowSeconds));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
