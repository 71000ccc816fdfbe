package io.touchstone.scoring;

import io.touchstone.scoring.PendingLine.ToScore;
import java.util.List;

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
}
