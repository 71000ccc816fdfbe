package io.touchstone.template;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.template.jinja.TemplateException;
import java.util.List;
import java.util.Set;

/**
 * The fixed prompt of NeMo-Aligner's {@code attribute_annotate.py}. Its system message is the
 * script's own: one of the conversation is ignored, as there.
 */
public record SteerLmPrompt() implements PromptFormat {
  private static final String HEAD =
      "<extra_id_0>System\nA chat between a curious user and an artificial intelligence assistant."
          + " The assistant gives helpful, detailed, and polite answers to the user's questions.\n";
  private static final String TURN = "<extra_id_1>";
  private static final Set<String> NAMED_ROLES = Set.of("tool", "function", "developer", "ipython");
  private static final String SCORED = "<extra_id_2>";

  @Override
  public String render(Conversation conversation) {
    StringBuilder prompt = new StringBuilder(HEAD);
    List<Turn> turns = conversation.turns();
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      if (turn.role() == Role.SYSTEM) {
        continue;
      }
      prompt.append(TURN).append(speaker(turn, i)).append('\n').append(turn.text()).append('\n');
    }
    return prompt.append(SCORED).toString();
  }

  private static String speaker(Turn turn, int position) {
    return switch (turn.role()) {
      case USER -> "User";
      case ASSISTANT -> "Assistant";
      case SYSTEM, OTHER ->
          throw new TemplateException(
              "SteerLM prompt: turn %d: expected the role user or assistant, found '%s'"
                  .formatted(position, word(turn)));
    };
  }

  /** The word of the data where it is one of those in use: any other may be a text. */
  private static String word(Turn turn) {
    return turn.fields().get("role") instanceof String word && NAMED_ROLES.contains(word)
        ? word
        : turn.role().word();
  }
}
