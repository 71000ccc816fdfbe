package io.touchstone.scoring.pipeline;

import io.touchstone.conversation.line.MalformedRow;
import io.touchstone.conversation.line.ParsedLine;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowPrinciples;
import io.touchstone.reward.Rejected;
import io.touchstone.scoring.KnownScores;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.pipeline.PendingLine.ToReject;
import io.touchstone.scoring.pipeline.PendingLine.ToScore;
import java.util.List;
import java.util.function.Function;

/** From a line to what the model reads, or to the reason why it does not. */
record LinePreparation(
    Function<byte[], ParsedLine> reader, Isolation isolation, KnownScores known) {

  PendingLine of(RawLine line) {
    if (line instanceof RawLine.TooLong tooLong) {
      return rejected(line, tooLong.malformed());
    }
    ParsedLine parsed;
    try {
      parsed = reader.apply(((RawLine.Whole) line).bytes());
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      return new ToReject(line, isolation.rejected(e, "reading the line"));
    }
    if (parsed instanceof MalformedRow bad) {
      return rejected(line, bad);
    }
    Row row = (Row) parsed;
    if (row.conversations().isEmpty()) {
      return new ToScore(line, row, RecalledRow.NOTHING);
    }
    Preparation preparation =
        isolation.prepare(
            row.conversations(), row.principles().map(RowPrinciples::texts).orElse(List.of()));
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
