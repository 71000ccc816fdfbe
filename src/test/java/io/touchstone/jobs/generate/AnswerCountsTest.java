package io.touchstone.jobs.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.generation.Answer;
import io.touchstone.generation.Finish;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AnswerCountsTest {

  private static Answer answer(@Nullable String response) {
    return new Answer(response, null, Finish.EOS, 2, -1);
  }

  @Test
  void anAnswerThatSaysWhatItIsToBeAVersionOfIsUnchanged() {
    List<Answer> answers = List.of(answer("a b\n"), answer("a  b"), answer(null), answer("a b"));
    AnswerCounts edits = AnswerCounts.of(answers, Optional.of(" a b"));
    assertThat(edits.unchanged()).isEqualTo(2);
    assertThat(edits.plus(edits).unchanged()).isEqualTo(4);
    assertThat(AnswerCounts.of(answers, Optional.empty()).unchanged()).isZero();
  }
}
