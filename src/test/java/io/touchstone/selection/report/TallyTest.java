package io.touchstone.selection.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.touchstone.conversation.format.FormatTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TallyTest {

  @Test
  void figuresAreThoseOfTheHandComputedExample() {
    Tally tally =
        Tallies.of(
            FormatTable.HELPSTEER2,
            Tallies.row("a", 10, 2),
            Tallies.row("b", 20, 1),
            Tallies.row("c", 30, 4),
            Tallies.row("d", 40, 3),
            Tallies.row("e", 50, 5));
    ColumnFigures figures = ColumnFigures.of(new ColumnFigures.Of(tally, 0), Optional.empty());

    assertThat(figures.scores().count()).isEqualTo(5);
    assertThat(figures.scores().mean()).isCloseTo(3, within(1e-12));
    assertThat(figures.scores().std()).isCloseTo(Math.sqrt(2), within(1e-12));
    assertThat(figures.scores().median()).isEqualTo(3);
    assertThat(figures.scores().quantiles())
        .containsEntry("p25", 2.0)
        .containsEntry("p90", 4.6)
        .hasSize(9);
    assertThat(figures.length().pearson()).isCloseTo(0.8, within(1e-12));
    assertThat(figures.length().spearman()).isCloseTo(0.8, within(1e-12));
    assertThat(figures.length().sentence())
        .isEqualTo("Longer responses score higher, strongly (Spearman 0.80).");
    assertThat(figures.length().bins()).containsExactly(new LengthBias.Bin(10, 30, 50, 5, 2, 3, 4));
    assertThat(figures.bySource()).containsOnlyKeys("/in/a.jsonl");
    assertThat(figures.drift()).isNull();
  }

  @Test
  void theHighestAndLowestAreThoseWhoCameFirstAndHaveNoTextUnlessAsked() {
    Tally tally =
        Tallies.of(
            FormatTable.CANDIDATES,
            "{\"prompt\": \"p\", \"responses\": [\"a\", \"bb\"], \"rewards\": [1, 9]}",
            "{\"prompt\": \"q\", \"responses\": [\"ccc\", \"d\", \"e\"], \"rewards\": [1, 9, 1]}",
            "{\"prompt\": \"r\", \"responses\": [\"f\", \"g\"], \"rewards\": [1, 5]}");
    assertThat(tally.lowest(0))
        .containsExactly(
            new Extreme("part-00000.jsonl", 1, 1, 1, 1, null, null),
            new Extreme("part-00000.jsonl", 2, 1, 1, 3, null, null),
            new Extreme("part-00000.jsonl", 2, 3, 1, 1, null, null));
    assertThat(tally.highest(0))
        .containsExactly(
            new Extreme("part-00000.jsonl", 1, 2, 9, 2, null, null),
            new Extreme("part-00000.jsonl", 2, 2, 9, 1, null, null),
            new Extreme("part-00000.jsonl", 3, 2, 5, 1, null, null));

    Tally shown = Tallies.empty(Texts.SHOWN, Tallies.USUAL);
    Tallies.add(
        shown,
        FormatTable.CANDIDATES,
        "{\"prompt\": \"p\", \"responses\": [\"" + "é".repeat(1_501) + "\"], \"rewards\": [1]}");
    assertThat(shown.highest(0).get(0).question()).isEqualTo("p");
    assertThat(shown.highest(0).get(0).text()).isEqualTo("é".repeat(1_500) + "…");
  }

  @Test
  void agreementIsThatOfTheHandComputedExample() {
    Tally tally = Tallies.empty(Texts.HIDDEN, ScoreField.named("a"), ScoreField.named("b"));
    Tallies.add(
        tally,
        FormatTable.CANDIDATES,
        "{\"prompt\": \"p\", \"responses\": [\"x\", \"y\", \"z\"], \"a\": [1, 2, 3], \"b\": [1, 3,"
            + " 2]}");
    Tallies.add(
        tally,
        FormatTable.CANDIDATES,
        "{\"prompt\": \"q\", \"responses\": [\"x\", \"y\"], \"a\": [4, 5], \"b\": [9, 9]}");
    PairAgreement pair = tally.agreement().get(0);

    // Of p's three pairs two are in the same order; q's is tied in b.
    assertThat(pair.pairs()).isEqualTo(3);
    assertThat(pair.sameOrder()).isCloseTo(2 / 3.0, within(1e-12));
    // Ranks 1 2 3 4 5 and 1 3 2 4.5 4.5.
    assertThat(pair.spearman()).isCloseTo(8.5 / Math.sqrt(10 * 9.5), within(1e-12));
    assertThat(pair.a() + pair.b()).isEqualTo("ab");
  }

  @Test
  void rowsThatFollowEachOtherWithOnePromptAreCompared() {
    Tally tally = Tallies.empty(Texts.HIDDEN, ScoreField.named("a"), ScoreField.named("b"));
    String row = "{\"prompt\": \"%s\", \"response\": \"r\", \"a\": %d, \"b\": %d}";
    Tallies.add(tally, FormatTable.HELPSTEER2, String.format(Locale.ROOT, row, "p", 1, 1));
    Tallies.add(tally, FormatTable.HELPSTEER2, String.format(Locale.ROOT, row, "p", 2, 0));
    Tallies.add(tally, FormatTable.HELPSTEER2, String.format(Locale.ROOT, row, "q", 3, 4));
    assertThat(tally.agreement().get(0).pairs()).isEqualTo(1);
    assertThat(tally.agreement().get(0).sameOrder()).isEqualTo(0);
  }

  @Test
  void beyondItsRoomASampleStandsForAllAndSaysSo() {
    Tally tally = Tallies.empty(Texts.HIDDEN, Tallies.USUAL);
    String before =
        Tallies.report(filled(tally, 1_000), Optional.empty(), Optional.empty()).exactness();
    assertThat(before).startsWith("Every figure is of all scores;");

    int rows = Tally.MOST_IN_SAMPLE / 100 + 500;
    Report report =
        Tallies.report(
            filled(Tallies.empty(Texts.HIDDEN, Tallies.USUAL), 100L * rows),
            Optional.empty(),
            Optional.empty());
    Distribution scores = report.columns().get("helpfulness").scores();
    assertThat(report.exactness()).contains("an even sample of 200,000");
    assertThat(scores.count()).isEqualTo(100L * rows);
    assertThat(scores.mean()).isCloseTo(49.5, within(1e-9));
    assertThat(scores.median()).isCloseTo(49.5, within(0.6));
  }

  /** Rows of a hundred candidates with scores from 0 to 99. */
  private static Tally filled(Tally tally, long responses) {
    StringBuilder texts = new StringBuilder();
    StringBuilder scores = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      texts.append(i == 0 ? "" : ", ").append("\"").append("x".repeat(i % 7)).append("\"");
      scores.append(i == 0 ? "" : ", ").append(i);
    }
    String row =
        "{\"prompt\": \"p\", \"responses\": [" + texts + "], \"rewards\": [" + scores + "]}";
    for (long i = 0; i < responses; i += 100) {
      Tallies.add(tally, FormatTable.CANDIDATES, row);
    }
    return tally;
  }

  @Test
  void filesBeyondTheFirst64AreTakenTogether() {
    Tally tally = Tallies.empty(Texts.HIDDEN, Tallies.USUAL);
    for (int i = 0; i < 70; i++) {
      tally.add(
          new Tally.Line(
              Tallies.row("p", 1, i).getBytes(UTF_8),
              FormatTable.HELPSTEER2,
              "file-" + i,
              "part",
              1));
    }
    assertThat(tally.bySource()).hasSize(65).containsKey("all other files");
    assertThat(tally.bySource().values().stream().mapToLong(SourceScores::count).sum())
        .isEqualTo(70);
  }

  @Test
  void fewScoresThatDifferMayDoSoByChance() {
    Tally older =
        Tallies.of(FormatTable.HELPSTEER2, Tallies.row("a", 1, 1), Tallies.row("b", 2, 2));
    Tally newer =
        Tallies.of(FormatTable.HELPSTEER2, Tallies.row("a", 1, 1.5), Tallies.row("b", 2, 3));
    DriftFigures drift =
        Tallies.report(newer, Optional.of(older), Optional.empty())
            .columns()
            .get("helpfulness")
            .drift();
    assertThat(drift.verdict()).isEqualTo("chance");
    assertThat(drift.psi()).isGreaterThan(DriftFigures.SHIFT).isLessThanOrEqualTo(drift.psiBound());
    assertThat(drift.sentence())
        .isEqualTo(
            "helpfulness differs by no more than chance makes of so few scores: the middle score is"
                + " 2.250, up from 1.500 before (population stability index 0.693). Where nothing has"
                + " moved the index still passes 0.693 once in a hundred times.");
    assertThat(Tallies.report(newer, Optional.of(older), Optional.of(DriftLimit.CHANCE)).drifted())
        .isFalse();
    assertThat(
            Tallies.report(newer, Optional.of(older), Optional.of(new DriftLimit("0", 0)))
                .driftedTold())
        .isEmpty();
  }

  @Test
  void driftIsSaidInWordsAndHeldAgainstTheLimit() {
    String[] low = new String[64];
    String[] high = new String[64];
    for (int i = 0; i < 64; i++) {
      low[i] = Tallies.row("p" + i, i, i / 64.0);
      high[i] = Tallies.row("p" + i, i, 0.5 + i / 64.0);
    }
    Tally older = Tallies.of(FormatTable.HELPSTEER2, low);
    Tally newer = Tallies.of(FormatTable.HELPSTEER2, high);
    Report report =
        Tallies.report(newer, Optional.of(older), Optional.of(new DriftLimit("0.25", 0.25)));
    DriftFigures drift = report.columns().get("helpfulness").drift();

    assertThat(drift.verdict()).isEqualTo("shift");
    assertThat(drift.ks()).isCloseTo(0.5, within(1e-12));
    assertThat(drift.sentence())
        .startsWith("helpfulness has shifted: the middle score is 0.992, up from 0.492 before")
        .containsPattern("\\. Chance alone passes 0\\.[3-7]\\d\\d once in a hundred times\\.$");
    assertThat(report.drifted()).isTrue();
    assertThat(report.driftedTold())
        .singleElement()
        .asString()
        .matches(
            "the population stability index of helpfulness is \\d\\.\\d{3}, more than the 0\\.\\d{3} that"
                + " --max-drift 0.25 allows");
    assertThat(report.largestDrift()).isEqualTo(drift.psi());

    Report same = Tallies.report(older, Optional.of(older), Optional.of(new DriftLimit("0", 0)));
    assertThat(same.columns().get("helpfulness").drift().sentence())
        .isEqualTo("helpfulness is distributed as before (population stability index 0.000).");
    assertThat(same.drifted()).isFalse();
    assertThat(Tallies.report(newer, Optional.of(older), Optional.empty()).drifted()).isFalse();
    assertThat(List.of(report.columns().get("helpfulness").histogram().olderShares())).isNotEmpty();
  }
}
