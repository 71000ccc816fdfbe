package io.touchstone.template;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Turn;
import io.touchstone.template.jinja.ChatTemplate;
import io.touchstone.template.jinja.GenerationPrompt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoint's chat template, by itself without a generation prompt, handed what {@code
 * apply_chat_template} of transformers 5.23 hands it: fields that are null are left out of their
 * message, reasoning is known under its newer and older names, tools are none where there are none,
 * documents are none.
 *
 * @param toolTemplate the one of conversations with tools; empty where they have none of their own
 * @param specialTokens the tokenizer's {@code bos_token}, {@code eos_token} and so on; those that
 *     are absent stay undefined in the template
 */
public record ChatPrompt(
    ChatTemplate template, Optional<ChatTemplate> toolTemplate, Map<String, String> specialTokens)
    implements PromptFormat {
  private static final List<String> REASONING_FIELDS =
      List.of("reasoning_content", "thinking", "reasoning");

  public ChatPrompt {
    specialTokens = Map.copyOf(specialTokens);
  }

  @Override
  public String render(Conversation conversation) {
    return render(conversation, GenerationPrompt.NONE, Map.of());
  }

  /**
   * Renders with more than the reference passes by itself.
   *
   * @param more variables by name; they win over the special tokens
   * @throws io.touchstone.template.jinja.TemplateException as {@link #render(Conversation)}
   */
  public String render(
      Conversation conversation, GenerationPrompt generationPrompt, Map<String, ?> more) {
    List<Map<String, @Nullable Object>> messages =
        conversation.turns().stream().map(ChatPrompt::message).toList();
    Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    variables.put("tools", conversation.tools().isEmpty() ? null : conversation.tools());
    variables.put("documents", null);
    variables.putAll(specialTokens);
    variables.putAll(more);
    return chosen(conversation).render(messages, generationPrompt, variables);
  }

  /** The template that a conversation is rendered with. */
  public ChatTemplate chosen(Conversation conversation) {
    return conversation.tools().isEmpty() ? template : toolTemplate.orElse(template);
  }

  private static Map<String, @Nullable Object> message(Turn turn) {
    Map<String, @Nullable Object> present = new LinkedHashMap<>(turn.fields());
    present.values().removeIf(value -> value == null);
    for (String field : REASONING_FIELDS) {
      Object reasoning = present.get(field);
      if (reasoning != null) {
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("thinking", reasoning);
        message.putAll(present);
        message.put("reasoning_content", reasoning);
        return message;
      }
    }
    return present;
  }
}
