package io.touchstone.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RejectionLimitTest {

  @ParameterizedTest
  @CsvSource({
    "none, 1000, 1000, false",
    "0, 0, 10, false",
    "0, 1, 10, true",
    "5, 5, 10, false",
    "5, 6, 10, true",
    "0%, 1, 1000000, true",
    "0.1%, 1, 1000, false",
    "0.1%, 2, 1000, true",
    "50%, 5, 10, false",
    "50%, 6, 10, true",
    "100%, 10, 10, false",
    "10%, 0, 0, false"
  })
  void isExceededOnlyBeyondTheLimit(String limit, long rejected, long in, boolean exceeded) {
    assertThat(RejectionLimit.parse(limit).isExceeded(rejected, in)).isEqualTo(exceeded);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "101%", "half", "5 %", "1e3", "100.1%"})
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> RejectionLimit.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected a number of lines, a percentage from 0% to 100%, or none, found '"
                + text
                + "'");
  }

  @Test
  void showsItselfAsItWasTyped() {
    assertThat(RejectionLimit.parse("0.50%")).hasToString("0.50%");
    assertThat(RejectionLimit.parse("7")).hasToString("7");
    assertThat(RejectionLimit.parse("none")).hasToString("none");
  }
}
