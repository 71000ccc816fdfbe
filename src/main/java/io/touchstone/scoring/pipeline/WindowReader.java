package io.touchstone.scoring.pipeline;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.reward.Reward;
import io.touchstone.scoring.KnownScores;
import io.touchstone.scoring.PromptKey;
import io.touchstone.scoring.pipeline.PendingLine.ToIsolate;
import io.touchstone.scoring.pipeline.PendingLine.ToReject;
import io.touchstone.scoring.pipeline.PendingLine.ToScore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gathers lines into windows, each prepared for the model. One thread's. */
final class WindowReader {

  /** Rows wait in memory with their lines: many empty conversations must not add up. */
  private static final int MOST_PENDING_ROWS = 16_384;

  /**
   * Of the heap for each: several tasks may have two windows each in memory, with all they hold.
   */
  private static final long HEAP_FOR_A_GROUPED_BYTE = 128;

  private static final long HEAP_FOR_A_GROUPED_ROW = 64 << 10;

  private static final long MOST_PENDING_BYTES = 128L << 20;

  /** Rows that are looked up together wait beside those of the load. */
  private static final long MOST_BYTES_AT_ONCE = 8L << 20;

  private final Iterator<RawLine> lines;
  private final LinePreparation preparation;
  private final RowWatch watch;
  private final int loadTokens;
  private final long groupBytes;
  private final int groupRows;
  private final KnownScores known;
  private final ArrayDeque<PendingLine> ready = new ArrayDeque<>();
  private long blank;
  private long nanos;
  private boolean hasRead;

  /**
   * @param mostGroupBytes of lines that are a window; 0 where each load is one
   */
  WindowReader(
      Iterator<RawLine> lines, LinePreparation preparation, RowWatch watch, long mostGroupBytes) {
    this.lines = new AnnouncedLines(lines, watch);
    this.preparation = preparation;
    this.watch = watch;
    long heap = Runtime.getRuntime().maxMemory();
    this.groupBytes = Math.min(mostGroupBytes, heap / HEAP_FOR_A_GROUPED_BYTE);
    this.groupRows = (int) Math.min(Integer.MAX_VALUE, heap / HEAP_FOR_A_GROUPED_ROW);
    this.known = preparation.known();
    this.loadTokens = preparation.isolation().scorer().loadTokens();
  }

  /** Whether windows may be larger than loads. */
  boolean isGrouping() {
    return groupBytes > 0;
  }

  boolean hasNext() {
    return !ready.isEmpty() || lines.hasNext();
  }

  /**
   * The next window: with lines, or without where only blank ones were left. The first one is a
   * load, so that the model need not wait for more.
   *
   * @throws UncheckedIOException if what is known cannot be looked up, or the watch fails
   */
  Window next() {
    blank = 0;
    nanos = 0;
    boolean grouped = groupBytes > 0 && hasRead;
    List<PendingLine> window =
        grouped
            ? gathered(Long.MAX_VALUE, groupRows, groupBytes)
            : gathered(loadTokens, MOST_PENDING_ROWS, MOST_PENDING_BYTES);
    hasRead = true;
    return Window.of(window, blank, nanos, loadTokens);
  }

  private List<PendingLine> gathered(long mostTokens, int mostRows, long mostBytes) {
    List<PendingLine> gathered = new ArrayList<>();
    long tokens = 0;
    long bytes = 0;
    while (tokens < mostTokens && gathered.size() < mostRows && bytes < mostBytes) {
      if (ready.isEmpty()) {
        makeReady();
      }
      PendingLine pending = ready.peek();
      // A load above the limit would be cut, and leave a small rest: the line begins the next one.
      if (pending == null || tokens > 0 && tokens + tokens(pending) > mostTokens) {
        break;
      }
      boolean isolated = pending instanceof ToIsolate;
      if (isolated && !gathered.isEmpty()) {
        break;
      }
      gathered.add(ready.remove());
      tokens += tokens(pending);
      bytes += bytes(pending.line());
      if (isolated) {
        break;
      }
    }
    return gathered;
  }

  /** Prepares as many lines as are looked up together, and at least one if there is one. */
  private void makeReady() {
    List<PendingLine> together = new ArrayList<>();
    long tokens = 0;
    long bytes = 0;
    while (lines.hasNext()
        && together.size() < known.rowsAtOnce()
        && tokens < loadTokens
        && bytes < MOST_BYTES_AT_ONCE) {
      RawLine line = lines.next();
      if (line.isBlank()) {
        blank++;
        continue;
      }
      long start = System.nanoTime();
      PendingLine pending = prepare(line);
      nanos += System.nanoTime() - start;
      together.add(pending);
      tokens += tokens(pending);
      bytes += bytes(line);
    }
    long start = System.nanoTime();
    ready.addAll(recalled(together));
    nanos += System.nanoTime() - start;
  }

  private List<PendingLine> recalled(List<PendingLine> together) {
    Set<PromptKey> keys = new HashSet<>();
    for (PendingLine line : together) {
      if (line instanceof ToScore row) {
        keys.addAll(row.recalled().keys());
      }
    }
    if (keys.isEmpty()) {
      return together;
    }
    Map<PromptKey, Reward> found;
    try {
      found = known.find(keys);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<PendingLine> recalled = new ArrayList<>();
    for (PendingLine line : together) {
      recalled.add(
          line instanceof ToScore row
              ? new ToScore(
                  row.line(),
                  row.row(),
                  row.recalled().recall(key -> Optional.ofNullable(found.get(key))))
              : line);
    }
    return recalled;
  }

  private static long tokens(PendingLine line) {
    return line instanceof ToScore row ? row.recalled().missingTokens() : 0;
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
    try {
      return watch.preparing(line, () -> preparation.of(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
