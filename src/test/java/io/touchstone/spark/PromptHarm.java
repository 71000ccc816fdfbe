package io.touchstone.spark;

import io.touchstone.conversation.Conversation;
import io.touchstone.generation.PromptPreparation.PreparedPrompt;
import java.util.Arrays;

/** What a row with {@link #POISON} in its text does to the process that meets it. */
enum PromptHarm {
  NONE,
  /** The process is gone in the midst of a pass, as after an error in native code. */
  KILLS,
  /** The pass never ends, and cannot be interrupted. */
  HANGS,
  /** The process is gone before the row has reached the model. */
  KILLS_AT_ONCE,
  /** A pass with the row fails. */
  FAILS,
  /** Passes fail, whatever is in them. */
  BREAKS;

  static final int STATUS = 77;
  static final String POISON = "\u2620";

  void beforePreparing(Conversation conversation) {
    if (this == KILLS_AT_ONCE
        && conversation.turns().stream().anyMatch(turn -> turn.text().contains(POISON))) {
      Runtime.getRuntime().halt(STATUS);
    }
  }

  void beforePass(PreparedPrompt prompt) {
    if (this == BREAKS) {
      throw new IllegalStateException("expected a model, found none any more");
    }
    if (Arrays.stream(prompt.ids()).anyMatch(token -> token == POISON.codePointAt(0))) {
      strike();
    }
  }

  private void strike() {
    switch (this) {
      case NONE, KILLS_AT_ONCE, BREAKS -> {}
      case KILLS -> Runtime.getRuntime().halt(STATUS);
      case FAILS -> throw new IllegalArgumentException("expected another text, found " + POISON);
      case HANGS -> {
        while (true) {
          try {
            Thread.sleep(1_000);
          } catch (InterruptedException e) {
            continue;
          }
        }
      }
    }
  }
}
