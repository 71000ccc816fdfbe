package io.touchstone.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class QuestionTest {
  private static final List<Principle> TWO =
      List.of(new Principle("a", "one"), new Principle("b", "{principle} $1"));

  @Test
  void substitutesOnceAndLeavesBracesInPrinciplesAsTheyAre() {
    Question question = new Question("Is it {principle}? {principle}{x}", TWO);
    assertThat(question.texts(List.of()))
        .containsExactly("Is it one? one{x}", "Is it {principle} $1? {principle} $1{x}");
    assertThat(question.names()).containsExactly("a", "b");
  }

  @Test
  void takesTheRowsPrinciplesInPlaceOfItsOwn() {
    assertThat(new Question("{principle}!", TWO).texts(List.of("x", "y", "z")))
        .containsExactly("x!", "y!", "z!");
    assertThat(new Question("Good?", List.of()).texts(List.of("x"))).containsExactly("Good?");
    assertThat(Question.NONE.texts(List.of())).containsExactly("");
  }

  @Test
  void refusesPrinciplesThatItHasNoPlaceFor() {
    assertThatThrownBy(() -> new Question("Good?", TWO))
        .hasMessage("question: expected {principle} for its principles, found none");
  }
}
