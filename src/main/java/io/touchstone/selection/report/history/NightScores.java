package io.touchstone.selection.report.history;

import io.touchstone.selection.report.Distribution;
import io.touchstone.selection.statistics.ProfileIndex;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * One column of a night.
 *
 * @param percentiles as {@link io.touchstone.selection.report.ColumnFigures} has them; empty in a
 *     report that was made before there were any
 * @param labels how often each comes; empty where scores are no labels
 * @param winRate null where no row has a chosen and a rejected response
 * @param reported null where the night was compared with no other
 */
public record NightScores(
    Distribution scores,
    List<Double> percentiles,
    SortedMap<Long, Long> labels,
    @Nullable Double winRate,
    @Nullable Reported reported) {

  /** Labels of more kinds than this are compared as other scores are. */
  private static final int MOST_KINDS = 10;

  /**
   * The drift that the night's own report tells.
   *
   * @param against the result that it was compared with
   */
  public record Reported(double psi, String verdict, String against) {}

  /** How far another night's scores have drifted from these; null where too little was kept. */
  @Nullable ProfileIndex to(NightScores newer) {
    if (areFew(labels) && areFew(newer.labels)) {
      return ProfileIndex.ofCounts(labels, newer.labels);
    }
    return percentiles.isEmpty() || newer.percentiles.isEmpty()
        ? null
        : ProfileIndex.ofPercentiles(
            percentiles, scores.count(), newer.percentiles, newer.scores.count());
  }

  private static boolean areFew(SortedMap<Long, Long> labels) {
    return !labels.isEmpty() && labels.size() <= MOST_KINDS;
  }
}
