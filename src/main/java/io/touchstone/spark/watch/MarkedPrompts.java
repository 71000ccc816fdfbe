package io.touchstone.spark.watch;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.read.Piece;
import io.touchstone.scoring.pipeline.RowWatch.Caution;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.TreeSet;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one attempt that are under way to their answers, as many at a time: marked from their
 * preparation to their end. One thread.
 */
public final class MarkedPrompts implements Closeable {

  private static final String UNFINISHED = "no pass of the model";

  private final Piece piece;
  private final Suspicions suspicions;
  private final AttemptMark mark;
  private final int passSeconds;
  private final TreeSet<Long> underWay = new TreeSet<>();

  /**
   * Takes over the mark, and closes it.
   *
   * @param passSeconds that a pass, or the preparation of a row, may take; 0 for any time
   */
  public MarkedPrompts(Piece piece, Suspicions suspicions, AttemptMark mark, int passSeconds) {
    this.piece = piece;
    this.suspicions = suspicions;
    this.mark = mark;
    this.passSeconds = passSeconds;
  }

  /** How a line is to be met. */
  public Caution caution(RawLine line) {
    return suspicions.isEmpty()
        ? new Caution.None()
        : suspicions.caution(line.offset(), passSeconds, Sought.ANSWER);
  }

  /** Prepares a row, which is under way from then on. */
  public <T> T preparing(long line, MarkedWork<T> work) throws IOException {
    underWay.add(line);
    writeUnderWay();
    return ModelRoom.shared(() -> timed("the row at byte " + line + ", before the model", work));
  }

  /** A row has its answer, or will have none. */
  public void ended(long line) throws IOException {
    underWay.remove(line);
    // What has an answer is not run again, and so may stay within the range.
    if (underWay.isEmpty()) {
      mark.write(AttemptStep.nothing());
    }
  }

  /** Waits for a pass, while others may do so, too. */
  public <T> T pass(MarkedWork<T> work) throws IOException {
    return ModelRoom.shared(
        () -> timed(underWay.size() + " rows from byte " + underWay.first(), work));
  }

  private <T> T timed(String what, MarkedWork<T> work) throws IOException {
    @Nullable ScheduledFuture<?> timer =
        passSeconds == 0
            ? null
            : RowTimer.start(passSeconds, () -> {}, piece + ", " + what, UNFINISHED);
    try {
      return work.run();
    } finally {
      if (timer != null) {
        timer.cancel(false);
      }
    }
  }

  /**
   * Takes one row from its line to its end; nothing else is done in this process meanwhile.
   *
   * @param done grows with each pass
   */
  public <T> T alone(long line, LongSupplier done, MarkedWork<T> work) throws IOException {
    return ModelRoom.alone(() -> marked(line, done, work));
  }

  private <T> T marked(long line, LongSupplier done, MarkedWork<T> work) throws IOException {
    mark.write(AttemptStep.of(AttemptStep.Step.ALONE, line, passSeconds));
    @Nullable ScheduledFuture<?> timer =
        passSeconds == 0 ? null : RowTimer.every(new Stall(line, done));
    try {
      return work.run();
    } finally {
      if (timer != null) {
        timer.cancel(false);
      }
      writeUnderWay();
    }
  }

  /** Ends the process when nothing has grown for as long as a pass may take. */
  private final class Stall implements Runnable {
    private final long line;
    private final LongSupplier done;
    private final AtomicLong seen = new AtomicLong(-1);
    private final AtomicLong since = new AtomicLong(System.nanoTime());

    Stall(long line, LongSupplier done) {
      this.line = line;
      this.done = done;
    }

    @Override
    public void run() {
      long now = System.nanoTime();
      long so = done.getAsLong();
      if (so != seen.getAndSet(so)) {
        since.set(now);
      } else if (now - since.get() >= passSeconds * 1_000_000_000L) {
        RowTimer.end(
            passSeconds, this::tell, piece + ", the row at byte " + line + ", alone", UNFINISHED);
      }
    }

    private void tell() {
      try {
        mark.write(AttemptStep.of(AttemptStep.Step.OVERDUE, line, passSeconds));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void writeUnderWay() throws IOException {
    mark.write(
        underWay.isEmpty()
            ? AttemptStep.nothing()
            : new AttemptStep(
                AttemptStep.Step.LOAD, underWay.first(), underWay.last(), passSeconds));
  }

  @Override
  public void close() throws IOException {
    mark.close();
  }
}
