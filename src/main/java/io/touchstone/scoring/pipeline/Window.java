package io.touchstone.scoring.pipeline;

import io.touchstone.scoring.pipeline.PendingLine.ToScore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Neighbouring lines of the input, in the loads that they go through the model in.
 *
 * @param lines how many; each is in one load
 * @param loads taken out as they are scored, so that what a load holds is let go of
 */
record Window(int lines, Queue<Load> loads) {

  /**
   * Lines whose rows meet those that begin alike.
   *
   * @param blank lines dropped between them
   * @param prepareNanos thread time that their preparation took
   * @param loadTokens that a load may have, but for a row that has more by itself
   */
  static Window of(List<PendingLine> lines, long blank, long prepareNanos, int loadTokens) {
    List<Integer> rows = new ArrayList<>();
    List<Integer> others = new ArrayList<>();
    for (int place = 0; place < lines.size(); place++) {
      boolean runs =
          lines.get(place) instanceof ToScore row && row.recalled().missing().isPresent();
      (runs ? rows : others).add(place);
    }
    Queue<Load> loads = new ArrayDeque<>();
    if (rows.isEmpty()) {
      loads.add(load(lines, others, blank, prepareNanos));
      return new Window(lines.size(), loads);
    }
    List<List<Integer>> together =
        PrefixOrder.loads(
            rows.stream()
                .map(
                    place -> ((ToScore) lines.get(place)).recalled().missing().orElseThrow().tree())
                .toList(),
            loadTokens);
    for (List<Integer> places : together) {
      List<Integer> ofLoad = new ArrayList<>(places.stream().map(rows::get).toList());
      boolean first = loads.isEmpty();
      if (first) {
        // What needs no model is done at once: a job may end over what was rejected.
        ofLoad.addAll(others);
        ofLoad.sort(null);
      }
      loads.add(load(lines, ofLoad, first ? blank : 0, first ? prepareNanos : 0));
    }
    return new Window(lines.size(), loads);
  }

  private static Load load(List<PendingLine> lines, List<Integer> places, long blank, long nanos) {
    return new Load(places.stream().map(lines::get).toList(), places, blank, nanos);
  }
}
