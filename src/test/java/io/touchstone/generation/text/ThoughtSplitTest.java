package io.touchstone.generation.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ThoughtSplitTest {

  @Test
  void leavesATextWithoutAThoughtAsItIs() {
    for (String text :
        List.of("", "\n\nHello\n", "a </think> b", "Say <think>x</think>", "<thin")) {
      assertThat(ThoughtSplit.of(text, false)).isEqualTo(split(null, text));
    }
  }

  @Test
  void splitsAtTheTagOfTheAnswer() {
    assertThat(ThoughtSplit.of("<think>\nwhy\nnot\n</think>\n\nHello\n", false))
        .isEqualTo(split("why\nnot", "Hello\n"));
    assertThat(ThoughtSplit.of(" \n<think>why</think>Hello", false))
        .isEqualTo(split("why", "Hello"));
    assertThat(ThoughtSplit.of("<think></think>", false)).isEqualTo(split("", ""));
    assertThat(ThoughtSplit.of("<think>\n\n</think>\n\n", false)).isEqualTo(split("", ""));
  }

  @Test
  void splitsWhatThePromptHasOpened() {
    assertThat(ThoughtSplit.of("why\n</think>\n\n Hello", true)).isEqualTo(split("why", " Hello"));
    assertThat(ThoughtSplit.of("</think>Hello", true)).isEqualTo(split("", "Hello"));
    assertThat(ThoughtSplit.of("<think>\nwhy</think>Hello", true)).isEqualTo(split("why", "Hello"));
  }

  @Test
  void endsAThoughtAtTheFirstTag() {
    assertThat(ThoughtSplit.of("a</think>b</think>c", true)).isEqualTo(split("a", "b</think>c"));
    assertThat(ThoughtSplit.of("<think>a<think>b</think>c", false))
        .isEqualTo(split("a<think>b", "c"));
  }

  @Test
  void hasNoAnswerWhereAThoughtHasNoEnd() {
    assertThat(ThoughtSplit.of("<think>\nwhy\n", false)).isEqualTo(split("why", null));
    assertThat(ThoughtSplit.of("why</thin", true)).isEqualTo(split("why</thin", null));
    assertThat(ThoughtSplit.of("", true)).isEqualTo(split("", null));
  }

  @Test
  void keepsAllWhiteSpaceButLineEnds() {
    assertThat(ThoughtSplit.of("<think>\n  why \n</think>\n \nHello", false))
        .isEqualTo(split("  why ", " \nHello"));
  }

  @Test
  void isKnownByTheTemplateOrTheVocabulary() {
    assertThat(ThoughtTags.areKnown("{{ '</think>' }}", List.of())).isTrue();
    assertThat(ThoughtTags.areKnown("", List.of("<think>", "</think>"))).isTrue();
    assertThat(ThoughtTags.areKnown("{{ 'think' }}", List.of("<tool_call>"))).isFalse();
  }

  private static ThoughtSplit split(@Nullable String thought, @Nullable String response) {
    return new ThoughtSplit(thought, response);
  }
}
