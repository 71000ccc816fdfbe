package io.touchstone.conversation;

import java.util.ArrayList;
import java.util.List;

/** Puts the text that is scored behind the turns that it answers. */
final class Answer {

  private Answer() {}

  static Conversation to(List<Turn> prompt, String text) {
    List<Turn> turns = new ArrayList<>(prompt);
    turns.add(Turn.of(Role.ASSISTANT, text));
    return new Conversation(turns);
  }
}
