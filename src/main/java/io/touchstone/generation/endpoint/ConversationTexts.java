package io.touchstone.generation.endpoint;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that a conversation says, at any depth, except for the words that every one has. */
final class ConversationTexts {

  private ConversationTexts() {}

  static List<String> of(Conversation conversation) {
    List<String> texts = new ArrayList<>();
    for (Turn turn : conversation.turns()) {
      turn.fields()
          .forEach(
              (name, value) -> {
                if (!name.equals("role") || turn.role() == Role.OTHER) {
                  gather(value, texts);
                }
              });
    }
    conversation.tools().forEach(tool -> gather(tool, texts));
    return texts;
  }

  private static void gather(@Nullable Object value, List<String> texts) {
    if (value instanceof String text) {
      texts.add(text);
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(each -> gather(each, texts));
    } else if (value instanceof List<?> list) {
      list.forEach(each -> gather(each, texts));
    }
  }
}
