package io.touchstone.cli.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextsTest {

  @Test
  void textsOfAnyCharactersComeBackAsTheyWere() {
    List<String> texts = List.of("\n\n", " END ", "a,b", "\"", "none", "[]", "é");

    assertThat(Texts.parse(Texts.written(texts))).isEqualTo(texts);
  }

  @Test
  void oneEmptyTextIsNone() {
    assertThat(Texts.written(List.of(""))).isEqualTo("none");
    assertThat(Texts.parse("none")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"END", "[END]", "[]", "[\"\"]", "[1]", "[\"a\"] x", "", "\"END\""})
  void whatIsNoArrayOfTextsIsRefused(String value) {
    assertThatThrownBy(() -> Texts.parse(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected a JSON array of texts that are not empty, such as [\"END\", \"\\n\\n\"], or"
                + " none, found '"
                + value
                + "'");
  }
}
