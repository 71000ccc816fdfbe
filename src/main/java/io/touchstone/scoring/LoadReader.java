package io.touchstone.scoring;

import io.touchstone.conversation.RawLine;
import io.touchstone.conversation.RowReader;
import io.touchstone.scoring.PendingLine.ToIsolate;
import io.touchstone.scoring.PendingLine.ToReject;
import io.touchstone.scoring.PendingLine.ToScore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers lines into loads, each prepared for the model. One thread's. */
final class LoadReader {

  /** Rows of a load wait in memory with their lines: many empty conversations must not add up. */
  private static final int MOST_PENDING_ROWS = 16_384;

  private static final long MOST_PENDING_BYTES = 128L << 20;

  private final Iterator<RawLine> lines;
  private final LinePreparation preparation;
  private final RowWatch watch;
  private final int loadTokens;
  private @Nullable PendingLine held;

  LoadReader(Iterator<RawLine> lines, LinePreparation preparation, RowWatch watch) {
    this.lines = lines;
    this.preparation = preparation;
    this.watch = watch;
    this.loadTokens = preparation.isolation().scorer().loadTokens();
  }

  boolean hasNext() {
    return held != null || lines.hasNext();
  }

  /** The next load: with lines, or without where only blank ones were left. */
  Load next() {
    List<PendingLine> load = new ArrayList<>();
    long blank = 0;
    long nanos = 0;
    long tokens = 0;
    long bytes = 0;
    if (held != null) {
      load.add(held);
      tokens = tokens(held);
      bytes = bytes(held.line());
      held = null;
      if (load.get(0) instanceof ToIsolate) {
        return new Load(load, 0, 0);
      }
    }
    while (lines.hasNext()
        && tokens < loadTokens
        && load.size() < MOST_PENDING_ROWS
        && bytes < MOST_PENDING_BYTES) {
      RawLine line = lines.next();
      if (line instanceof RawLine.Whole whole && RowReader.isBlank(whole.bytes())) {
        blank++;
        continue;
      }
      long start = System.nanoTime();
      PendingLine pending = prepare(line);
      nanos += System.nanoTime() - start;
      boolean isolated = pending instanceof ToIsolate;
      if ((isolated && !load.isEmpty()) || (tokens > 0 && tokens + tokens(pending) > loadTokens)) {
        // It begins the next load: a load above the limit would be cut, and leave a small rest.
        held = pending;
        break;
      }
      load.add(pending);
      tokens += tokens(pending);
      bytes += bytes(line);
      if (isolated) {
        break;
      }
    }
    return new Load(load, blank, nanos);
  }

  private static long tokens(PendingLine line) {
    return line instanceof ToScore row ? row.prepared().distinctTokens() : 0;
  }

  private static long bytes(RawLine line) {
    return line instanceof RawLine.Whole whole ? whole.bytes().length : 0;
  }

  private PendingLine prepare(RawLine line) {
    RowWatch.Caution caution = watch.caution(line);
    if (caution instanceof RowWatch.Caution.Never never) {
      return new ToReject(line, never.why());
    }
    if (caution instanceof RowWatch.Caution.Alone) {
      return new ToIsolate(line);
    }
    return watch.preparing(() -> preparation.of(line));
  }
}
