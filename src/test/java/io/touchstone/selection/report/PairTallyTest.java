package io.touchstone.selection.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.RowFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PairTallyTest {

  private static String pair(double chosen, double rejected) {
    return String.format(
        Locale.ROOT,
        "{\"prompt\": \"p\", \"chosen\": \"a\", \"rejected\": \"b\", \"chosen_reward\": %s,"
            + " \"rejected_reward\": %s}",
        chosen,
        rejected);
  }

  private static Preference of(Tally tally, Optional<Tally> older) {
    return Objects.requireNonNull(
        ColumnFigures.of(
                new ColumnFigures.Of(tally, 0), older.map(of -> new ColumnFigures.Of(of, 0)))
            .preference());
  }

  @Test
  void chosenResponsesWinWhereTheirScoreIsHigher() {
    Tally tally =
        Tallies.of(
            FormatTable.PREFERENCE, pair(3, 1), pair(2, 2.5), pair(1, 1), pair(4, 0), pair(2, 1));
    Preference found = of(tally, Optional.empty());

    assertThat(found.rows()).isEqualTo(5);
    assertThat(found.pairs()).isEqualTo(5);
    assertThat(found.wins()).isEqualTo(3);
    assertThat(found.ties()).isEqualTo(1);
    assertThat(found.winRate()).isEqualTo(0.6);
    assertThat(found.margin().mean()).isCloseTo(1.3, within(1e-12));
    assertThat(found.margin().median()).isEqualTo(1);
    assertThat(found.olderWinRate()).isNull();
    assertThat(tally.winRate("/in/a.jsonl", 0)).hasValue(0.6);
  }

  @Test
  void theRateLiesWhereWilsonPutsIt() {
    Tally tally = Tallies.empty(Texts.HIDDEN, Tallies.USUAL);
    for (int i = 0; i < 40; i++) {
      Tallies.add(tally, FormatTable.PREFERENCE, pair(i < 30 ? 1 : -1, 0));
    }
    // scipy 1.17.1: binomtest(30, 40).proportion_ci(method="wilson")
    Preference found = of(tally, Optional.empty());
    assertThat(found.low()).isCloseTo(0.5980603857923197, within(1e-12));
    assertThat(found.high()).isCloseTo(0.858128813609037, within(1e-12));
  }

  @Test
  void listsOfChosenAndRejectedOnesArePairedEachWithEachWithinARow() {
    Tally tally =
        Tallies.of(
            FormatTable.PREFERENCE_LISTS,
            "{\"prompt\": \"p\", \"chosen\": [\"a\", \"b\"], \"rejected\": [\"c\", \"d\", \"e\"],"
                + " \"score_chosen\": [3, 1], \"score_rejected\": [2, 0, 1]}");
    Preference found = of(tally, Optional.empty());
    assertThat(found.rows()).isEqualTo(1);
    assertThat(found.pairs()).isEqualTo(6);
    assertThat(found.wins()).isEqualTo(4);
    assertThat(found.ties()).isEqualTo(1);
  }

  @Test
  void theOlderResultsRateStandsBesideIt() {
    Tally older = Tallies.of(FormatTable.PREFERENCE, pair(1, 0), pair(0, 1));
    Preference found =
        of(Tallies.of(FormatTable.PREFERENCE, pair(1, 0), pair(2, 0)), Optional.of(older));
    assertThat(found.winRate()).isEqualTo(1);
    assertThat(found.olderWinRate()).isEqualTo(0.5);
    assertThat(found.histogram().olderShares()).isNotEmpty();
  }

  @Test
  void rowsThatDoNotSayWhichIsBetterHaveNoPairs() {
    for (Map.Entry<RowFormat, String> each :
        Map.of(
                FormatTable.CANDIDATES,
                "{\"prompt\": \"p\", \"responses\": [\"a\", \"b\"], \"rewards\": [1, 2]}",
                FormatTable.JUDGEBENCH,
                "{\"question\": \"p\", \"response_A\": \"a\", \"response_B\": \"b\", \"score_A\": 1,"
                    + " \"score_B\": 2}")
            .entrySet()) {
      Tally tally = Tallies.of(each.getKey(), each.getValue());
      assertThat(ColumnFigures.of(new ColumnFigures.Of(tally, 0), Optional.empty()).preference())
          .isNull();
    }
  }

  @Test
  void labelsAreCountedWhereScoresAreWholeAndFew() {
    Tally labels =
        Tallies.of(
            FormatTable.HELPSTEER2,
            Tallies.row("a", 1, 4),
            Tallies.row("b", 1, 0),
            Tallies.row("c", 1, 4),
            Tallies.row("d", 1, -1));
    assertThat(labels.values(0))
        .containsExactly(Map.entry(-1L, 1L), Map.entry(0L, 1L), Map.entry(4L, 2L));
    Tally scores =
        Tallies.of(FormatTable.HELPSTEER2, Tallies.row("a", 1, 4), Tallies.row("b", 1, 0.5));
    assertThat(scores.values(0)).isEmpty();
    Tally many = Tallies.empty(Texts.HIDDEN, Tallies.USUAL);
    for (int i = 0; i < 31; i++) {
      Tallies.add(many, FormatTable.HELPSTEER2, Tallies.row("a", 1, i));
    }
    assertThat(many.values(0)).isEmpty();
    ColumnFigures both =
        ColumnFigures.of(
            new ColumnFigures.Of(labels, 0), Optional.of(new ColumnFigures.Of(labels, 0)));
    assertThat(both.labels()).isEqualTo(both.olderLabels()).hasSize(3);
  }
}
