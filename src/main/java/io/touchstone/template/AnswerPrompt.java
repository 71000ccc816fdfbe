package io.touchstone.template;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.template.jinja.GenerationPrompt;
import io.touchstone.template.jinja.TemplateException;
import java.util.List;
import java.util.Map;

/**
 * A chat template with its generation prompt, told to begin no thought: what follows is an answer's
 * first token.
 */
public record AnswerPrompt(ChatPrompt chat) implements PromptFormat {

  private static final Map<String, Boolean> NO_THOUGHT = Map.of("enable_thinking", false);
  private static final String THOUGHT_BEGINS = "<think>";
  private static final String THOUGHT_ENDS = "</think>";

  /** What the template makes of it. */
  public enum Ending {
    /** An answer is to follow. */
    ANSWER,
    /** It has no generation prompt: nothing says who speaks next. */
    NONE,
    /** It begins a thought all the same. */
    THOUGHT
  }

  @Override
  public String render(Conversation conversation) {
    return chat.render(conversation, GenerationPrompt.ADDED, NO_THOUGHT);
  }

  /** As a short chat shows; a template that does not take it is believed. */
  public Ending ending() {
    Conversation trial = new Conversation(List.of(Turn.of(Role.USER, "1+1=2?")));
    try {
      String answered = render(trial);
      if (answered.equals(chat.render(trial))) {
        return Ending.NONE;
      }
      return answered.lastIndexOf(THOUGHT_BEGINS) > answered.lastIndexOf(THOUGHT_ENDS)
          ? Ending.THOUGHT
          : Ending.ANSWER;
    } catch (TemplateException e) {
      return Ending.ANSWER;
    }
  }
}
