package io.touchstone.conversation.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.conversation.line.MalformedRow;
import io.touchstone.conversation.line.RowProblem;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MarkedPromptTest {

  private static String outline(String text) {
    return MarkedPrompt.turns("prompt", text)
        .map(
            turns ->
                turns.stream()
                    .map(turn -> turn.role().word() + ":" + turn.text())
                    .collect(Collectors.joining("|")))
        .orElse("text");
  }

  @Test
  void partTheTurnsOfAPrompt() {
    assertThat(outline("a\n<extra_id_1>Assistant\nb\n<extra_id_1>User\nc"))
        .isEqualTo("user:a|assistant:b|user:c");
    assertThat(outline("a\n\n<extra_id_1>Assistant\n\nb\n\n<extra_id_1>User\n c "))
        .as("what stands between is kept")
        .isEqualTo("user:a\n|assistant:\nb\n|user: c ");
  }

  @Test
  void mayEndWhereTheAssistantIsToAnswer() {
    assertThat(outline("a\n<extra_id_1>Assistant\n")).isEqualTo("user:a");
    assertThat(outline("a\n<extra_id_1>Assistant")).isEqualTo("user:a");
    assertThat(outline("a\n<extra_id_1>Assistant\nb")).isEqualTo("user:a|assistant:b");
  }

  @Test
  void mayBeginWithNemosSystemLineOrAMarker() {
    assertThat(
            outline("<extra_id_0>System\nBe kind.\n<extra_id_1>User\na\n<extra_id_1>Assistant\n"))
        .isEqualTo("system:Be kind.|user:a");
    assertThat(outline("<extra_id_0>System\n\n<extra_id_1>User\na\n<extra_id_1>Assistant\n"))
        .as("a system that says nothing is none")
        .isEqualTo("user:a");
    assertThat(outline("<extra_id_1>User\na")).isEqualTo("user:a");
  }

  @Test
  void areNoneInAnOrdinaryText() {
    assertThat(outline("a")).isEqualTo("text");
    assertThat(outline("")).isEqualTo("text");
    assertThat(outline("T5 writes The <extra_id_0> walks in <extra_id_1> park")).isEqualTo("text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a@<extra_id_1>Assistant@b@<extra_id_1>Bob@c | another",
        "a@<extra_id_1>Assistant~@b | another",
        "a@<extra_id_2>quality:4@b | another",
        "a@<extra_id_1>Assistant@b@<extra_id_0>System@c | another",
        "<extra_id_1>User@<extra_id_1>Assistant@ | a marker right behind another",
        "a<extra_id_1>Assistant b <extra_id_1>User c | one within a line",
        "a@<extra_id_1>Assistant@b <extra_id_1>User@c | one within a line",
        "<extra_id_1>Assistant@b | none with a user's turn",
        "<extra_id_1>Assistant@ | none with a user's turn"
      })
  void thatDoNotPartTurnsAreAmbiguous(String text, String found) {
    assertThatThrownBy(() -> outline(text.replace('@', '\n').replace('~', '\r')))
        .isInstanceOfSatisfying(
            RowProblem.class,
            problem ->
                assertThat(problem.row())
                    .isEqualTo(
                        new MalformedRow(
                            "ambiguous",
                            "prompt: expected turns parted by the markers <extra_id_1>User and"
                                + " <extra_id_1>Assistant, found "
                                + found
                                + ": the text may be one turn that spells a marker, or turns in"
                                + " another form")));
  }
}
