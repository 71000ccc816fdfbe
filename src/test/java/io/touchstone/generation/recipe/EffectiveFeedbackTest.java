package io.touchstone.generation.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

final class EffectiveFeedbackTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void takesThreeWithTheMostKeywordsAndEqualOnesInTheirOrder() {
    assertThat(
            EffectiveFeedback.choose(
                List.of("one but", "none", "However, it lacks", "two but", "improve", "last")))
        .containsExactly("However, it lacks", "one but", "two but");
  }

  @Test
  void dropsWhatFindsNothingBeforeItTakesThree() {
    assertThat(
            EffectiveFeedback.choose(
                List.of("The response is perfectly fine, but but but", "a", "b", "c", "d")))
        .containsExactly("a", "b", "c");
    assertThat(EffectiveFeedback.choose(List.of("The response is perfectly helpful."))).isEmpty();
  }

  @Test
  void countsWithinWordsAndNeverOverlapping() {
    assertThat(EffectiveFeedback.counts("A button lacks butbut However improvement benefits"))
        .hasToString("{However=1, benefit=1, but=3, improve=1, lack=1}");
    assertThat(EffectiveFeedback.keywords("however BUT")).isZero();
  }

  @Test
  void choosesAsTheCardsCodeDoes() throws IOException {
    String fixtures = System.getProperty("touchstone.fixtures", "");
    Assumptions.assumeFalse(
        fixtures.isEmpty(), "no shared fixtures: system property touchstone.fixtures is unset");
    Path folder = Path.of(fixtures, "generation");
    List<String> cases = Files.readAllLines(folder.resolve("cases/edit.jsonl"));
    List<String> expected =
        Files.readAllLines(folder.resolve("models/expected/llama-edit.edit.jsonl"));
    assertThat(cases).isNotEmpty().hasSameSizeAs(expected);
    for (int i = 0; i < cases.size(); i++) {
      assertThat(EffectiveFeedback.choose(texts(JSON.readTree(cases.get(i)).path("feedback"))))
          .isEqualTo(texts(JSON.readTree(expected.get(i)).path("chosen_feedback")));
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.textValue()));
    return texts;
  }
}
