package io.touchstone.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.template.jinja.TemplateException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SteerLmPromptTest {
  private static final String HEAD =
      """
      <extra_id_0>System
      A chat between a curious user and an artificial intelligence assistant. The assistant gives \
      helpful, detailed, and polite answers to the user's questions.
      """;

  private static String render(Turn... turns) {
    return new SteerLmPrompt().render(new Conversation(List.of(turns)));
  }

  @Test
  void isTheTextOfNemosAnnotator() {
    assertThat(
            render(
                Turn.of(Role.USER, "Why?"),
                Turn.of(Role.ASSISTANT, "Because.\n"),
                Turn.of(Role.USER, ""),
                Turn.of(Role.ASSISTANT, " So.")))
        .isEqualTo(
            HEAD
                + "<extra_id_1>User\nWhy?\n<extra_id_1>Assistant\nBecause.\n\n"
                + "<extra_id_1>User\n\n<extra_id_1>Assistant\n So.\n<extra_id_2>");
  }

  @Test
  void ignoresTheRowsOwnSystemMessage() {
    assertThat(render(Turn.of(Role.SYSTEM, "Be rude."), Turn.of(Role.USER, "Hi")))
        .isEqualTo(HEAD + "<extra_id_1>User\nHi\n<extra_id_2>");
  }

  @Test
  void joinsTheTextPartsOfAContent() {
    Map<String, String> first = Map.of("type", "text", "text", "a");
    Map<String, String> second = Map.of("type", "text", "text", "b");
    Turn turn = new Turn(Role.USER, Map.of("role", "user", "content", List.of(first, second)));
    assertThat(render(turn)).isEqualTo(HEAD + "<extra_id_1>User\nab\n<extra_id_2>");
  }

  @Test
  void refusesARoleThatThePromptHasNoWordFor() {
    Turn tool = new Turn(Role.of("tool"), Map.of("role", "tool", "content", "secret"));
    assertThatThrownBy(() -> render(Turn.of(Role.USER, "Hi"), tool))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("turn 1: expected the role user or assistant, found 'tool'")
        .hasMessageNotContaining("secret");
  }
}
