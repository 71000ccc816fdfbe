package io.touchstone.selection.report.history;

import io.touchstone.selection.report.Report;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Nights up to a result and after it, by date.
 *
 * @param folder in which they were found
 * @param nights the one that is reported on among them
 * @param now that one
 * @param leftOut other nights, which are not drawn
 * @param skipped files that are no such report
 */
public record History(
    String folder, List<Night> nights, Night now, int leftOut, List<Report.SkippedReport> skipped) {

  /** A year and a month fit a picture. */
  public static final int MOST_NIGHTS = 400;

  /** In the order of their dates; those of one date as their runs were finished, or by name. */
  private static final Comparator<Night> BY_DATE =
      Comparator.comparing(Night::date)
          .thenComparing(night -> String.valueOf(night.run().finished()))
          .thenComparing(Night::name);

  /**
   * @param found in any order, without the one that is reported on
   * @param skipped in any order
   */
  public static History of(
      String folder, List<Night> found, Night now, List<Report.SkippedReport> skipped) {
    List<Night> all = Stream.concat(found.stream(), Stream.of(now)).sorted(BY_DATE).toList();
    int at = all.indexOf(now);
    // The night itself is drawn, however many have followed it.
    int from = Math.max(0, Math.min(at, all.size() - MOST_NIGHTS));
    return new History(
        folder,
        all.subList(from, Math.min(all.size(), from + MOST_NIGHTS)),
        now,
        all.size() - Math.min(all.size() - from, MOST_NIGHTS),
        skipped.stream().sorted(Comparator.comparing(Report.SkippedReport::file)).toList());
  }

  /** By column of the night that is reported on. */
  public List<Trend> trends() {
    return now.columns().keySet().stream()
        .flatMap(column -> Trend.of(column, nights, now).stream())
        .toList();
  }

  /** What the report keeps of it. */
  public Report.Nights summary() {
    return new Report.Nights(
        folder,
        nights.size(),
        (int) nights.stream().filter(night -> !night.isLike(now)).count(),
        leftOut,
        nights.get(0).date().toString(),
        nights.get(nights.size() - 1).date().toString(),
        trends().stream().map(Trend::sentence).filter(told -> !told.isEmpty()).toList(),
        skipped);
  }
}
