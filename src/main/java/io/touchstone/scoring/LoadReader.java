package io.touchstone.scoring;

import io.touchstone.conversation.MalformedRow;
import io.touchstone.conversation.ParsedLine;
import io.touchstone.conversation.RawLine;
import io.touchstone.conversation.Row;
import io.touchstone.conversation.RowReader;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.Reward;
import io.touchstone.scoring.PendingLine.ToReject;
import io.touchstone.scoring.PendingLine.ToScore;
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
import java.util.function.Function;

/** Gathers lines into loads, each prepared for the model. One thread's. */
final class LoadReader {

  /** Rows of a load wait in memory with their lines: many empty conversations must not add up. */
  private static final int MOST_PENDING_ROWS = 16_384;

  private static final long MOST_PENDING_BYTES = 128L << 20;

  /** Rows that are looked up together wait beside those of the load. */
  private static final long MOST_BYTES_AT_ONCE = 8L << 20;

  private final Iterator<RawLine> lines;
  private final Function<byte[], ParsedLine> reader;
  private final Scorer scorer;
  private final KnownScores known;
  private final ArrayDeque<PendingLine> ready = new ArrayDeque<>();
  private long blank;
  private long nanos;

  LoadReader(
      Iterator<RawLine> lines,
      Function<byte[], ParsedLine> reader,
      Scorer scorer,
      KnownScores known) {
    this.lines = lines;
    this.reader = reader;
    this.scorer = scorer;
    this.known = known;
  }

  boolean hasNext() {
    return !ready.isEmpty() || lines.hasNext();
  }

  /**
   * The next load: with lines, or without where only blank ones were left.
   *
   * @throws UncheckedIOException if what is known cannot be looked up
   */
  Load next() {
    List<PendingLine> load = new ArrayList<>();
    blank = 0;
    nanos = 0;
    long tokens = 0;
    long bytes = 0;
    while (tokens < scorer.loadTokens()
        && load.size() < MOST_PENDING_ROWS
        && bytes < MOST_PENDING_BYTES) {
      if (ready.isEmpty()) {
        makeReady();
      }
      PendingLine pending = ready.peek();
      // A load above the limit would be cut, and leave a small rest: the line begins the next one.
      if (pending == null || tokens > 0 && tokens + tokens(pending) > scorer.loadTokens()) {
        break;
      }
      load.add(ready.remove());
      tokens += tokens(pending);
      bytes += bytes(pending.line());
    }
    return new Load(load, blank, nanos);
  }

  /** Prepares as many lines as are looked up together, and at least one if there is one. */
  private void makeReady() {
    List<PendingLine> together = new ArrayList<>();
    long tokens = 0;
    long bytes = 0;
    while (lines.hasNext()
        && together.size() < known.rowsAtOnce()
        && tokens < scorer.loadTokens()
        && bytes < MOST_BYTES_AT_ONCE) {
      RawLine line = lines.next();
      if (line instanceof RawLine.Whole whole && RowReader.isBlank(whole.bytes())) {
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
    if (line instanceof RawLine.TooLong tooLong) {
      return rejected(line, tooLong.malformed());
    }
    ParsedLine parsed = reader.apply(((RawLine.Whole) line).bytes());
    if (parsed instanceof MalformedRow bad) {
      return rejected(line, bad);
    }
    Row row = (Row) parsed;
    Preparation preparation = new Isolation(scorer).prepare(row.conversations());
    if (preparation instanceof Preparation.Unpreparable bad) {
      return new ToReject(line, bad.rejected());
    }
    PreparedRow prepared = (PreparedRow) preparation;
    return new ToScore(line, row, RecalledRow.of(prepared, known.keys(prepared)));
  }

  private static PendingLine rejected(RawLine line, MalformedRow bad) {
    return new ToReject(line, new Rejected(bad.kind(), bad.reason()));
  }
}
