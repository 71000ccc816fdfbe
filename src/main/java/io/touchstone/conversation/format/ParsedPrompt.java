package io.touchstone.conversation.format;

import io.touchstone.conversation.line.MalformedRow;
import io.touchstone.conversation.line.RowNote;
import java.util.List;

/** What a line turned out to be whose row is to be answered. */
public sealed interface ParsedPrompt
    permits ParsedPrompt.Unanswerable, ParsedPrompt.Unasked, PromptRow {

  /** A line that cannot be answered. */
  record Unanswerable(MalformedRow why) implements ParsedPrompt {}

  /**
   * A row that needs no answer.
   *
   * @param line as it is written
   * @param notes why, among them
   */
  record Unasked(byte[] line, List<RowNote> notes) implements ParsedPrompt {
    public Unasked {
      notes = List.copyOf(notes);
    }
  }
}
