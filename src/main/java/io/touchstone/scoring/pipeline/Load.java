package io.touchstone.scoring.pipeline;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.scoring.pipeline.PendingLine.ToIsolate;
import io.touchstone.scoring.pipeline.PendingLine.ToScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lines of a window that go through the model together.
 *
 * @param places of the lines in the window, from 0, growing
 * @param blank lines dropped between those of the window; told of with its first load
 * @param prepareNanos thread time that the preparation of the window's lines took; told likewise
 */
record Load(List<PendingLine> lines, List<Integer> places, long blank, long prepareNanos) {

  Load {
    lines = List.copyOf(lines);
    places = List.copyOf(places);
  }

  List<RecalledRow> rows() {
    return lines.stream()
        .filter(ToScore.class::isInstance)
        .map(line -> ((ToScore) line).recalled())
        .toList();
  }

  /** Those of the lines that have rows, neighbours of the input together. */
  List<List<RawLine>> rowLines() {
    List<List<RawLine>> runs = new ArrayList<>();
    int before = -2;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i) instanceof ToScore row) {
        if (runs.isEmpty() || places.get(i) != before + 1) {
          runs.add(new ArrayList<>());
        }
        runs.get(runs.size() - 1).add(row.line());
      }
      before = places.get(i);
    }
    return runs;
  }

  /** The one line of a load that is not prepared yet. */
  Optional<RawLine> toIsolate() {
    return lines.size() == 1 && lines.get(0) instanceof ToIsolate alone
        ? Optional.of(alone.line())
        : Optional.empty();
  }
}
