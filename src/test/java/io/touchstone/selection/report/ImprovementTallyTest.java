package io.touchstone.selection.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.touchstone.conversation.line.RowProblem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ImprovementTallyTest {
  private static final String BETTER =
      """
      {"prompt": "Q1", "responses": ["a", "bb", "cccc"], "rewards": [1, 2, 3.5], "feedback": ["a but", "fine"], \
      "edits": ["cccc"], "response": "cccc", "reward": 3.5, "stage": "edit"}""";
  private static final String WORSE =
      """
      {"prompt": [{"role": "user", "content": "Q2"}], "responses": ["a", "b"], "rewards": [2, 1], \
      "feedback": ["fine work"], "edits": ["b"], "response": "a", "reward": 2, "stage": "response"}""";
  private static final String UNCHANGED =
      """
      {"prompt": "Q3", "responses": ["a", " a\\n"], "rewards": [2, 2], "edits": [" a\\n"], \
      "response": "a", "reward": 2, "stage": "response"}""";
  private static final String WITHOUT =
      """
      {"prompt": "Q4", "responses": ["a", null], "rewards": [4, null], "edits": [null], \
      "response": "a", "reward": 4, "stage": "response"}""";

  private static ImprovementTally tally(Texts texts) {
    return new ImprovementTally(
        new Tally.Settings(1, texts), "fine", text -> Map.of("but", text.contains("but") ? 1 : 0));
  }

  private static Improvement figures(Texts texts, String... lines) {
    ImprovementTally tally = tally(texts);
    for (int i = 0; i < lines.length; i++) {
      tally.add(lines[i].getBytes(UTF_8), "part-00000.jsonl", i + 1);
    }
    return tally.figures().orElseThrow();
  }

  @Test
  void pairsTheBestResponseWithTheBestEditThatDiffers() {
    Improvement figures = figures(Texts.HIDDEN, BETTER, WORSE, UNCHANGED, WITHOUT);
    assertThat(figures.before().mean()).isCloseTo(2.5, within(1e-12));
    assertThat(figures.after().mean()).isCloseTo(2.875, within(1e-12));
    assertThat(figures.responses().count()).isEqualTo(5);
    assertThat(figures.responses().mean()).isCloseTo(2.2, within(1e-12));
    assertThat(figures.wins()).isEqualTo(Map.of("edit", 1L, "response", 3L));
    assertThat(figures.pairs())
        .isEqualTo(new Improvement.Pairs(2, 1, 0, 1, 1.5, 1, 0.25, 1, 1.5, 2.5));
    assertThat(figures.unchanged()).isOne();
    assertThat(figures.withoutEdit()).isOne();
    assertThat(figures.examples()).isEmpty();
  }

  @Test
  void countsWhatFeedbackSays() {
    Improvement.Feedback feedback = figures(Texts.HIDDEN, BETTER, WORSE, WITHOUT).feedback();
    assertThat(feedback)
        .isEqualTo(
            new Improvement.Feedback(
                2, 3, 2, new java.util.TreeMap<>(Map.of("but", 1L)), 1, 18.0 / 3));
  }

  @Test
  void quotesTheLargestGainOnlyWhereTextsAreAskedFor() {
    String more = BETTER.replace("3.5", "9").replace("Q1", "Q5");
    assertThat(figures(Texts.SHOWN, BETTER, more, WORSE).examples())
        .isEqualTo(
            List.of(new Improvement.Example("part-00000.jsonl", 2, 2, 9, "Q5", "bb", "cccc")));
    assertThat(figures(Texts.HIDDEN, BETTER).examples()).isEmpty();
  }

  @Test
  void refusesWhatIsNoSuchRow() {
    assertThat(tally(Texts.HIDDEN).figures()).isEmpty();
    assertThatThrownBy(
            () ->
                tally(Texts.HIDDEN)
                    .add(BETTER.replace("[1, 2, 3.5]", "[1, 2]").getBytes(UTF_8), "part", 1))
        .isInstanceOf(RowProblem.class)
        .hasMessage("rewards: expected one for each of some responses and of 1 edits, found 2");
  }
}
