package io.touchstone.selection.report.history;

import io.touchstone.selection.report.DriftFigures;
import io.touchstone.selection.report.Figure;
import io.touchstone.selection.statistics.ProfileIndex;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One column night after night.
 *
 * @param points by date; of nights that have the column
 * @param first the first night of this one's model and settings
 */
public record Trend(String column, List<Point> points, Night first) {

  /**
   * A night.
   *
   * @param isLike whether model and settings are those of the night that is reported on
   * @param isThis whether it is that night
   * @param fromFirst how far its scores have drifted from the first night's; null for that night,
   *     for nights of other models, and where a report has kept too little
   */
  public record Point(
      Night night,
      NightScores scores,
      boolean isLike,
      boolean isThis,
      @Nullable ProfileIndex fromFirst) {

    /** As {@link DriftFigures#verdict()}. */
    public String verdict() {
      return fromFirst == null
          ? DriftFigures.NONE
          : DriftFigures.verdict(fromFirst.value(), fromFirst.bound());
    }
  }

  static Optional<Trend> of(String column, List<Night> nights, Night now) {
    List<Night> with =
        nights.stream().filter(night -> night.columns().containsKey(column)).toList();
    return with.stream()
        .filter(night -> night.isLike(now))
        .findFirst()
        .map(
            first ->
                new Trend(
                    column,
                    with.stream().map(night -> point(column, night, first, now)).toList(),
                    first));
  }

  private static Point point(String column, Night night, Night first, Night now) {
    NightScores scores = scores(column, night);
    boolean isLike = night.isLike(now);
    return new Point(
        night,
        scores,
        isLike,
        night.equals(now),
        isLike && !night.equals(first) ? scores(column, first).to(scores) : null);
  }

  private static NightScores scores(String column, Night night) {
    return Objects.requireNonNull(night.columns().get(column), column);
  }

  /**
   * What has become of the scores since the first night, in a sentence; empty where nobody knows.
   */
  public String sentence() {
    Point now = points.stream().filter(Point::isThis).findFirst().orElseThrow();
    ProfileIndex index = now.fromFirst;
    if (index == null) {
      return "";
    }
    String moved =
        switch (now.verdict()) {
          case DriftFigures.NONE -> "is distributed as";
          case DriftFigures.CHANCE -> "differs by no more than chance makes of so few scores from";
          case DriftFigures.SLIGHTLY -> "has moved a little since";
          default -> "has shifted since";
        };
    return String.format(
        Locale.ROOT,
        "%s %s %s, the first night of this model: the middle score was %s and is %s (population"
            + " stability index about %.3f; chance passes about %.3f once in a hundred times).",
        column,
        moved,
        first.date().equals(now.night.date()) ? first.name() : first.date(),
        Figure.text(scores(column, first).scores().median()),
        Figure.text(now.scores.scores().median()),
        index.value(),
        index.bound());
  }
}
