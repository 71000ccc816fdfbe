package io.touchstone.spark.frame;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.reward.Rejected;
import io.touchstone.scoring.pipeline.AnnotationSink;
import io.touchstone.scoring.pipeline.AnnotationTotals;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Scored rows of a partition, for whoever asks for the next one. A thread of their own takes lines
 * and gives their outcomes; rows are taken from Spark, and given to it, by the task's thread alone,
 * as what Spark hands out is bound to that.
 */
final class ScoredRows implements Iterator<Row> {

  /** Lines that wait for the thread which reads them ahead: enough that it need not wait itself. */
  private static final int MOST_LINES = 256;

  private static final long MOST_BYTES = 1 << 20;

  /** How often a task looks whether it was cancelled. */
  private static final long POLL_MILLIS = 100;

  /** Takes lines to their outcomes, in their order, each once. */
  @FunctionalInterface
  interface Work {
    AnnotationTotals annotate(Iterator<RawLine> lines, AnnotationSink sink) throws IOException;
  }

  /** What became of a line: its row with what was found. */
  @FunctionalInterface
  private interface Outcome {
    Row of(Row row);
  }

  private final Iterator<Row> rows;
  private final Function<Row, RawLine> lines;
  private final ScoreColumns columns;
  private final Consumer<AnnotationTotals> end;

  /** Rows whose outcomes are still to come, in order. The task's thread's. */
  private final ArrayDeque<Row> underWay = new ArrayDeque<>();

  private boolean isEnded;

  /** Guarded by this, as all that follows. */
  private final ArrayDeque<RawLine> handed = new ArrayDeque<>();

  private final ArrayDeque<Outcome> outcomes = new ArrayDeque<>();
  private long handedBytes;
  private boolean isWholeInput;
  private boolean isClosed;
  private @Nullable AnnotationTotals totals;
  private @Nullable Throwable failure;

  private ScoredRows(
      Iterator<Row> rows,
      Function<Row, RawLine> lines,
      ScoreColumns columns,
      Consumer<AnnotationTotals> end) {
    this.rows = rows;
    this.lines = lines;
    this.columns = columns;
    this.end = end;
  }

  /**
   * Begins; whoever begins it closes it.
   *
   * @param lines of rows
   * @param end is told once what was done, behind the last row; what it throws ends the task
   */
  static ScoredRows of(
      Iterator<Row> rows,
      Function<Row, RawLine> lines,
      ScoreColumns columns,
      Consumer<AnnotationTotals> end,
      Work work) {
    ScoredRows scored = new ScoredRows(rows, lines, columns, end);
    Thread thread = new Thread(() -> scored.run(work), "touchstone-frame");
    thread.setDaemon(true);
    thread.start();
    return scored;
  }

  private void run(Work work) {
    try {
      AnnotationTotals all = work.annotate(new Handed(), new Sink());
      synchronized (this) {
        totals = all;
        notifyAll();
      }
    } catch (Throwable e) {
      synchronized (this) {
        failure = e;
        notifyAll();
      }
    }
  }

  @Override
  public boolean hasNext() {
    AnnotationTotals all = null;
    while (all == null) {
      synchronized (this) {
        if (!outcomes.isEmpty()) {
          return true;
        }
        if (failure != null) {
          throw told(failure);
        }
        all = totals;
        if (all == null
            && (isWholeInput || handed.size() >= MOST_LINES || handedBytes >= MOST_BYTES)) {
          await();
          continue;
        }
      }
      if (all == null) {
        hand();
      }
    }
    if (!isEnded) {
      isEnded = true;
      if (!underWay.isEmpty()) {
        throw new IllegalStateException(
            "expected an outcome of each row, found none of " + underWay.size());
      }
      end.accept(all);
    }
    return false;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("after the last row");
    }
    Outcome outcome;
    synchronized (this) {
      outcome = outcomes.remove();
    }
    return outcome.of(underWay.remove());
  }

  /** Hands a row over, or says that there is none any more. */
  private void hand() {
    if (rows.hasNext()) {
      Row row = rows.next();
      RawLine line = lines.apply(row);
      underWay.add(row);
      synchronized (this) {
        handed.add(line);
        handedBytes += bytes(line);
        notifyAll();
      }
    } else {
      synchronized (this) {
        isWholeInput = true;
        notifyAll();
      }
    }
  }

  private static long bytes(RawLine line) {
    return line instanceof RawLine.Whole whole ? whole.bytes().length : 0;
  }

  /** Waits for an outcome, or for room; of a task that is cancelled nothing more is asked. */
  private synchronized void await() {
    TaskContext task = TaskContext.get();
    if (task != null && task.isInterrupted()) {
      throw new TaskKilledException("the task was cancelled");
    }
    try {
      wait(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskKilledException("the task was interrupted");
    }
  }

  private static RuntimeException told(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException known
        ? known
        : new IllegalStateException(failure.getMessage(), failure);
  }

  /**
   * Ends the work, if need be before its end: what the model has begun it finishes, and gives to
   * nobody. Not waited for, and not interrupted: files of the model may be read at this moment.
   */
  synchronized void close() {
    isClosed = true;
    handed.clear();
    notifyAll();
  }

  private void refuseClosed() {
    if (isClosed) {
      throw new CancellationException("nobody asks for rows any more");
    }
  }

  /** Lines as they are handed over; for the thread that reads ahead. */
  private final class Handed implements Iterator<RawLine> {

    @Override
    public boolean hasNext() {
      synchronized (ScoredRows.this) {
        while (handed.isEmpty() && !isWholeInput) {
          refuseClosed();
          try {
            ScoredRows.this.wait();
          } catch (InterruptedException e) {
            // Who interrupts it waits for its end: it must not wait again.
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while rows were read");
          }
        }
        refuseClosed();
        return !handed.isEmpty();
      }
    }

    @Override
    public RawLine next() {
      if (!hasNext()) {
        throw new NoSuchElementException("after the last row");
      }
      synchronized (ScoredRows.this) {
        RawLine line = handed.remove();
        handedBytes -= bytes(line);
        ScoredRows.this.notifyAll();
        return line;
      }
    }
  }

  private final class Sink implements AnnotationSink {

    @Override
    public void enriched(byte[] line) {
      add(row -> columns.enriched(row, line));
    }

    @Override
    public void rejected(RawLine line, Rejected why) {
      add(row -> columns.rejected(row, why));
    }

    private void add(Outcome outcome) {
      synchronized (ScoredRows.this) {
        refuseClosed();
        outcomes.add(outcome);
        ScoredRows.this.notifyAll();
      }
    }

    @Override
    public void progress(AnnotationTotals soFar) {
      synchronized (ScoredRows.this) {
        refuseClosed();
      }
    }
  }
}
