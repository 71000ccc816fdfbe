package io.touchstone.selection.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.touchstone.conversation.format.FormatTable;
import io.touchstone.selection.report.page.ReportPage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class AnswerTallyTest {
  private static final String ROW =
      "{\"prompt\": \"p\", \"responses\": [\"one\", \"\", null], \"thoughts\": [\"t\", null, \"u\"],"
          + " \"finishes\": [\"eos\", \"stop\", \"length\"], \"token_counts\": [4, 1, 8],"
          + " \"logprob_sums\": [-2.0, -0.5, -8], \"rewards\": [1, 2, null]}";

  private final AnswerTally tally = new AnswerTally();

  @Test
  void countsHowAnswersEndedAndHowLongTheyAre() {
    add(ROW, "/in/a.jsonl");
    add(ROW, "/in/b.jsonl");

    AnswerFigures figures = tally.figures().orElseThrow();
    assertThat(figures.rows()).isEqualTo(2);
    assertThat(figures.answers()).isEqualTo(6);
    assertThat(figures.finishes())
        .isEqualTo(new TreeMap<>(Map.of("eos", 2L, "length", 2L, "stop", 2L)));
    assertThat(figures.tokens().mean()).isCloseTo(26 / 6.0, within(1e-12));
    assertThat(figures.tokens().median()).isEqualTo(4);
    assertThat(figures.tokens().max()).isEqualTo(8);
    assertThat(figures.thoughts()).isEqualTo(4);
    assertThat(figures.cutThoughts()).isEqualTo(2);
    assertThat(figures.empty()).isEqualTo(2);
    assertThat(figures.logprobs())
        .isEqualTo(new AnswerFigures.Logprobs(6, -2 / 3.0, figures.logprobs().std(), -1.0, -0.5));
    assertThat(figures.bySource().keySet()).containsExactly("/in/a.jsonl", "/in/b.jsonl");
    assertThat(figures.bySource().get("/in/b.jsonl"))
        .isEqualTo(new AnswerFigures.Source(3, 13 / 3.0, 8, 1));
    assertThat(figures.picture().edges()).first().isEqualTo(0.5);
    assertThat(figures.picture().shares())
        .containsExactly(1 / 3.0, 0.0, 0.0, 1 / 3.0, 0.0, 0.0, 0.0, 1 / 3.0);
    assertThat(figures.picture().cutShares()).last().isEqualTo(1 / 3.0);
    assertThat(figures.picture().cutShares().subList(0, 7)).containsOnly(0.0);
  }

  @Test
  void logprobsThatNobodyHasToldAreInNoFigure() {
    add(ROW.replace("[-2.0, -0.5, -8]", "[null, null, null]"), "/in/a.jsonl");

    assertThat(tally.figures().orElseThrow().logprobs()).isNull();
  }

  @Test
  void rowsThatNobodyHasGeneratedAreNone() {
    add("{\"prompt\": \"p\", \"responses\": [\"one\"], \"rewards\": [1]}", "/in/a.jsonl");

    assertThat(tally.figures()).isEmpty();
    assertThat(tally.unreadable()).isZero();
  }

  @Test
  void rowsWhoseListsDoNotFitAreCountedAndInNoFigure() {
    add(ROW.replace("[4, 1, 8]", "[4, 1]"), "/in/a.jsonl");
    add(ROW.replace("[4, 1, 8]", "[4, 1, \"8\"]"), "/in/a.jsonl");
    add(ROW.replace("\"stop\"", "7"), "/in/a.jsonl");

    assertThat(tally.figures()).isEmpty();
    assertThat(tally.unreadable()).isEqualTo(3);
  }

  @Test
  void thePageOfUnscoredAnswersHasTheirPictureAndNoWordOfScores() {
    add(ROW, "/in/a.jsonl");
    AnswerFigures figures = tally.figures().orElseThrow();

    String page = ReportPage.of(Report.ofAnswers(frame(figures), figures), Optional.empty());

    assertThat(page)
        .contains("<h1><bdi>Answers of out/today</bdi></h1>")
        .contains("<dt>rows answered</dt><dd>9</dd>")
        .contains("<dt>ended at the most tokens</dt><dd>33 %</dd>")
        .contains("<dt>… and no answer behind it</dt><dd>33 %</dd>")
        .contains("Share of the answers, by generated tokens")
        .contains("<rect class=\"cut\"")
        .contains("<title>7.5 to 8.5: 33 % of the answers ended at the most tokens</title>")
        .contains("None: every row has its answers.")
        .contains("Every figure is of all answers.")
        .doesNotContain("Spearman")
        .doesNotContain("scores");
  }

  @Test
  void thePageOfScoredAnswersHasBoth() {
    add(ROW, "/in/a.jsonl");
    Tally scored = Tallies.empty(Texts.HIDDEN, Tallies.USUAL);
    Tallies.add(scored, FormatTable.CANDIDATES, ROW);

    String page =
        ReportPage.of(
            Report.of(frame(tally.figures().orElseThrow()), scored, Optional.empty()),
            Optional.empty());

    assertThat(page)
        .contains("<h1><bdi>Scores of out/today</bdi></h1>")
        .contains("<h2>Generated answers</h2>")
        .contains("<h2><bdi>helpfulness</bdi></h2>");
  }

  private static Report.Frame frame(AnswerFigures figures) {
    return new Report.Frame(
        "touchstone test",
        "/out/today",
        null,
        List.of(),
        Tallies.run(),
        Optional.of(figures),
        "/out/today/_rejected",
        List.of(),
        Optional.empty());
  }

  private void add(String row, String source) {
    tally.add(row.getBytes(UTF_8), source);
  }
}
