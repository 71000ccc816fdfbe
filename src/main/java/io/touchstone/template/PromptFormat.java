package io.touchstone.template;

import io.touchstone.conversation.Conversation;
import io.touchstone.template.jinja.TemplateException;

/** How a conversation becomes the text that a model reads. */
public sealed interface PromptFormat permits AnswerPrompt, ChatPrompt, SteerLmPrompt {

  /**
   * @throws TemplateException where the conversation does not fit the format
   */
  String render(Conversation conversation);
}
