package io.touchstone.scoring;

import io.touchstone.conversation.MalformedRow;
import io.touchstone.conversation.ParsedLine;
import io.touchstone.conversation.RawLine;
import io.touchstone.conversation.Row;
import io.touchstone.conversation.RowReader;
import io.touchstone.reward.Rejected;
import io.touchstone.scoring.PendingLine.ToReject;
import io.touchstone.scoring.PendingLine.ToScore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gathers lines into loads, each prepared for the model. One thread's. */
final class LoadReader {

  /** Rows of a load wait in memory with their lines: many empty conversations must not add up. */
  private static final int MOST_PENDING_ROWS = 16_384;

  private static final long MOST_PENDING_BYTES = 128L << 20;

  private final Iterator<RawLine> lines;
  private final Function<byte[], ParsedLine> reader;
  private final Scorer scorer;
  private @Nullable PendingLine held;

  LoadReader(Iterator<RawLine> lines, Function<byte[], ParsedLine> reader, Scorer scorer) {
    this.lines = lines;
    this.reader = reader;
    this.scorer = scorer;
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
    }
    while (lines.hasNext()
        && tokens < scorer.loadTokens()
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
      if (tokens > 0 && tokens + tokens(pending) > scorer.loadTokens()) {
        // It begins the next load: a load above the limit would be cut, and leave a small rest.
        held = pending;
        break;
      }
      load.add(pending);
      tokens += tokens(pending);
      bytes += bytes(line);
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
    return new ToScore(line, row, (PreparedRow) preparation);
  }

  private static PendingLine rejected(RawLine line, MalformedRow bad) {
    return new ToReject(line, new Rejected(bad.kind(), bad.reason()));
  }
}
