package io.touchstone.scoring.prompt;

import io.touchstone.conversation.Conversation;
import io.touchstone.scoring.Preparation;
import java.util.List;

/** From a row's conversations to what a model reads. Any thread, several at once. */
interface RowPreparation {

  /**
   * @param principles of the row's own; empty for the call's
   */
  Preparation prepare(List<Conversation> conversations, List<String> principles);
}
