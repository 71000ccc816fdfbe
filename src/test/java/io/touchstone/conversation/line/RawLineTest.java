package io.touchstone.conversation.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RawLineTest {

  private static RawLine line(String text) {
    return new RawLine.Whole("in.jsonl", 0, text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \t\r", "\n"})
  void jsonsWhiteSpaceIsBlank(String text) {
    assertThat(line(text).isBlank()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00a0", " 0"})
  void allElseIsNot(String text) {
    assertThat(line(text).isBlank()).isFalse();
    assertThat(new RawLine.TooLong("in.jsonl", 0, 9, 8, new byte[8], "digest").isBlank()).isFalse();
  }
}
