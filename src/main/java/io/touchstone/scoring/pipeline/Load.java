package io.touchstone.scoring.pipeline;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.scoring.pipeline.PendingLine.ToIsolate;
import io.touchstone.scoring.pipeline.PendingLine.ToScore;
import java.util.List;
import java.util.Optional;

/**
 * Lines that go through the model together, in the order of the input.
 *
 * @param blank lines dropped between them
 * @param prepareNanos thread time that their preparation took
 */
record Load(List<PendingLine> lines, long blank, long prepareNanos) {

  Load {
    lines = List.copyOf(lines);
  }

  List<RecalledRow> rows() {
    return lines.stream()
        .filter(ToScore.class::isInstance)
        .map(line -> ((ToScore) line).recalled())
        .toList();
  }

  /** Those of the lines that have rows. */
  List<RawLine> rowLines() {
    return lines.stream().filter(ToScore.class::isInstance).map(PendingLine::line).toList();
  }

  /** The one line of a load that is not prepared yet. */
  Optional<RawLine> toIsolate() {
    return lines.size() == 1 && lines.get(0) instanceof ToIsolate alone
        ? Optional.of(alone.line())
        : Optional.empty();
  }
}
