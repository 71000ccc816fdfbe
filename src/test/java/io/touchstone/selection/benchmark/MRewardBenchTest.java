package io.touchstone.selection.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.touchstone.conversation.line.RowProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MRewardBenchTest {
  private static final MRewardBench BENCHMARK = new MRewardBench();

  private static void add(List<Trial> trials, String stratum, int won, int rows) {
    for (int i = 0; i < rows; i++) {
      trials.add(new Trial("" + i, stratum, List.of(i < won ? 1.0 : 0.0), List.of(0.0), 0));
    }
  }

  @Test
  void aLanguageIsTheMeanOfItsSectionsAndOverallThatOfTheLanguagesWithoutEnglish() {
    List<Trial> trials = new ArrayList<>();
    add(trials, "deu_Latn/math-prm", 1, 1);
    add(trials, "deu_Latn/hep-python", 1, 2);
    add(trials, "deu_Latn/alpacaeval-easy", 3, 4);
    add(trials, "deu_Latn/mt-bench-easy", 0, 1);
    add(trials, "fra_Latn/donotanswer", 1, 4);
    add(trials, "eng_Latn/donotanswer", 7, 7);

    Figures figures = Rows.figures(BENCHMARK, trials);

    double reasoning = (983 + 163 * 0.5) / (983 + 163);
    double chat = 79 * 0.75 / (79 + 24);
    assertThat(figures.groups().keySet()).containsExactly("deu_Latn", "eng_Latn", "fra_Latn");
    assertThat(figures.byName())
        .hasEntrySatisfying(
            "deu_Latn/Reasoning", value -> assertThat(value).isCloseTo(reasoning, within(1e-12)))
        .hasEntrySatisfying(
            "deu_Latn/Chat", value -> assertThat(value).isCloseTo(chat, within(1e-12)))
        .hasEntrySatisfying(
            "deu_Latn", value -> assertThat(value).isCloseTo((reasoning + chat) / 2, within(1e-12)))
        .containsEntry("eng_Latn", 1.0);
    assertThat(figures.overall()).isCloseTo(((reasoning + chat) / 2 + 0.25) / 2, within(1e-12));
    assertThat(figures.count()).isEqualTo(12);
    assertThat(figures.beside()).containsExactly("eng_Latn");
  }

  @Test
  void englishAloneIsOverallToo() {
    List<Trial> trials = new ArrayList<>();
    add(trials, "en/donotanswer", 1, 2);

    Figures figures = Rows.figures(BENCHMARK, trials);

    assertThat(figures.overall()).isEqualTo(0.5);
    assertThat(figures.beside()).isEmpty();
  }

  @Test
  void theWeightsOfTheSectionsAreTheCountsThatTheAuthorsLeft() {
    Map<String, Double> shares =
        Map.of(
            "alpacaeval-easy", 79.0 / 296,
            "llmbar-natural", 76.0 / 407,
            "donotanswer", 135.0 / 736,
            "math-prm", 983.0 / 1966,
            "hep-python", 163.0 / 1966);
    shares.forEach(
        (won, share) -> {
          List<Trial> trials = new ArrayList<>();
          new RewardBench()
              .strata()
              .forEach(subset -> add(trials, "xx/" + subset, subset.equals(won) ? 1 : 0, 1));
          // Nothing but this subset's section is won, of four.
          assertThat(Rows.figures(BENCHMARK, trials).overall())
              .as(won)
              .isCloseTo(share / 4, within(1e-12));
          assertThat(BENCHMARK.missing(Sample.of(BENCHMARK.units(trials)).strata().keySet()))
              .containsExactly("22 of 23 languages");
        });
  }

  @Test
  void aRowsSubsetIsItsSourceOrItsSubset() {
    assertThat(BENCHMARK.stratum(Rows.row("{'language': 'deu_Latn', 'source': 'hep-go'}")))
        .isEqualTo("deu_Latn/hep-go");
    assertThat(BENCHMARK.stratum(Rows.row("{'language': 'deu_Latn', 'subset': 'hep-go'}")))
        .isEqualTo("deu_Latn/hep-go");
    refused(
        "{'language': 'deu_Latn', 'source': 'translation'}",
        "source: expected one of RewardBench's 23 subsets, found translation");
    refused("{'source': 'hep-go'}", "language: expected a string, found no such field");
  }

  private static void refused(String json, String message) {
    assertThatThrownBy(() -> BENCHMARK.stratum(Rows.row(json)))
        .isInstanceOf(RowProblem.class)
        .hasMessage(message);
  }

  @Test
  void theTableHasAColumnForEachSectionAndSaysWhatIsNoPartOfIt() {
    List<Trial> trials = new ArrayList<>();
    add(trials, "deu_Latn/donotanswer", 1, 2);
    add(trials, "eng_Latn/donotanswer", 2, 2);
    add(trials, "eng_Latn/hep-go", 0, 1);

    String table =
        new EvaluationTable(Evaluation.of(BENCHMARK, trials, 1), Optional.empty()).plain();

    assertThat(table.lines().toList().subList(0, 4))
        .satisfiesExactly(
            head -> assertThat(head).endsWith("tasks  Chat  Chat Hard  Safety  Reasoning"),
            german -> assertThat(german).startsWith("  deu_Latn  50.00").endsWith("50.00"),
            english ->
                assertThat(english).startsWith("  eng_Latn  50.00").endsWith("100.00       0.00"),
            overall -> assertThat(overall).startsWith("  overall   50.00").endsWith("50.00"));
    assertThat(table)
        .contains(
            "Not the whole benchmark: no task of deu_Latn/alpacaeval-easy, ",
            ", 31 more subsets of languages, 22 of 23 languages. The figures are of what is there.\n",
            "No part of the overall figure, as with the authors: eng_Latn.\n");
  }
}
