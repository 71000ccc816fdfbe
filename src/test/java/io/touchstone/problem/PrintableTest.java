package io.touchstone.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrintableTest {

  @Test
  void aNameStaysInItsLineAndSteersNothing() {
    assertThat(Printable.name("a\u001b[31m\nb\rc\td\u0007\u009b\u202e\u2028.jsonl"))
        .isEqualTo("a\\u001b[31m\\nb\\rc\\td\\u0007\\u009b\\u202e\\u2028.jsonl");
    assertThat(Printable.name("Grüße 日本 😀.jsonl")).isEqualTo("Grüße 日本 😀.jsonl");
  }

  @Test
  void linesKeepTheirEndsAndTabs() {
    assertThat(Printable.lines("a\n\tb\u001b]0;c\r")).isEqualTo("a\n\tb\\u001b]0;c\\r");
  }

  @Test
  void problemsNameTheirPlacesSo() {
    Problem place = Problem.in("a\nb\u001b").file("c\nd").field("e\u0007");
    assertThat(place.expected("f").found("g"))
        .isEqualTo("[a\\nb\\u001b] [c\\nd] e\\u0007: expected f, found g");
  }
}
