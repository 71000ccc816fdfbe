package io.touchstone.selection.report.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.touchstone.selection.report.Report;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class HistoryTest {

  private static final Night NOW = Nights.night("2026-11-04", "new", 2);

  private static History of(Night... found) {
    return History.of("/nights", List.of(found), NOW, List.of());
  }

  @Test
  void nightsFollowEachOtherByDate() {
    History history =
        of(
            Nights.night("2026-11-05", "new", 2),
            Nights.night("2025-12-31", "new", 2),
            Nights.night("2026-11-03", "new", 2));
    assertThat(history.nights())
        .extracting(night -> night.date().toString())
        .containsExactly("2025-12-31", "2026-11-03", "2026-11-04", "2026-11-05");
  }

  @Test
  void driftIsToldFromTheFirstNightOfTheSameModel() {
    Trend trend =
        of(
                Nights.night("2026-11-01", "old", 7),
                Nights.night("2026-11-02", "new", 2),
                Nights.night("2026-11-03", "new", 2.5))
            .trends()
            .get(0);
    assertThat(trend.first().date()).isEqualTo(LocalDate.of(2026, 11, 2));
    assertThat(trend.points())
        .extracting(Trend.Point::isLike)
        .containsExactly(false, true, true, true);
    assertThat(trend.points().get(0).fromFirst()).isNull();
    assertThat(trend.points().get(1).fromFirst()).isNull();
    // A quarter of the scores has left the two and a half lowest deciles for the highest one's end.
    assertThat(Objects.requireNonNull(trend.points().get(2).fromFirst()).value())
        .isGreaterThan(0.25);
    assertThat(trend.points().get(2).verdict()).isEqualTo("shift");
    assertThat(Objects.requireNonNull(trend.points().get(3).fromFirst()).value())
        .isCloseTo(0, within(1e-9));
    assertThat(trend.points().get(3).isThis()).isTrue();
    assertThat(trend.sentence())
        .isEqualTo(
            "helpfulness is distributed as 2026-11-02, the first night of this model: the middle score"
                + " was 2.000 and is 2.000 (population stability index about 0.000; chance passes about"
                + " 0.043 once in a hundred times).");
  }

  @Test
  void saysHowScoresHaveShiftedSinceTheFirstNight() {
    assertThat(of(Nights.night("2026-11-01", "new", 3)).trends().get(0).sentence())
        .startsWith(
            "helpfulness has shifted since 2026-11-01, the first night of this model: the middle score was"
                + " 3.000 and is 2.000 (population stability index about ");
    assertThat(of(Nights.night("2026-11-01", "old", 3)).trends().get(0).sentence()).isEmpty();
  }

  @Test
  void labelsAreComparedByTheirCounts() {
    Night before = Nights.labelled("2026-11-01", Map.of(0L, 500L, 1L, 500L));
    Night now = Nights.labelled("2026-11-02", Map.of(0L, 400L, 1L, 600L));
    Trend trend = History.of("/nights", List.of(before), now, List.of()).trends().get(0);
    assertThat(Objects.requireNonNull(trend.points().get(1).fromFirst()).value())
        .isCloseTo(0.1 * Math.log(0.5 / 0.4) + 0.1 * Math.log(0.6 / 0.5), within(1e-12));
  }

  @Test
  void reportsThatHaveKeptTooLittleHaveNoIndex() {
    Night older = Nights.night("2026-11-01", "new", Nights.scores(2, List.of(), new TreeMap<>()));
    assertThat(of(older).trends().get(0).points().get(1).fromFirst()).isNull();
  }

  @Test
  void theLastNightsAreDrawnAndTheOthersCounted() {
    List<Night> found = new ArrayList<>();
    for (int day = 1; day <= History.MOST_NIGHTS + 4; day++) {
      found.add(Nights.night(LocalDate.of(2025, 1, 1).plusDays(day).toString(), "new", 2));
    }
    History history = History.of("/nights", found, NOW, List.of());
    assertThat(history.nights()).hasSize(History.MOST_NIGHTS).endsWith(NOW);
    assertThat(history.leftOut()).isEqualTo(5);
    assertThat(history.summary().leftOut()).isEqualTo(5);
  }

  @Test
  void theSummaryCountsNightsOfOtherModels() {
    Report.SkippedReport skipped = new Report.SkippedReport("/nights/x/report.json", "why");
    History history =
        History.of("/nights", List.of(Nights.night("2026-11-01", "old", 2)), NOW, List.of(skipped));
    assertThat(history.summary())
        .isEqualTo(
            new Report.Nights(
                "/nights", 2, 1, 0, "2026-11-01", "2026-11-04", List.of(), List.of(skipped)));
    assertThat(history.nights().get(0).differencesFrom(NOW)).containsExactly("model");
  }
}
