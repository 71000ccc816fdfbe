package io.touchstone.conversation.format;

import io.touchstone.conversation.line.MalformedRow;

/** What a line turned out to be whose row is to be answered. */
public sealed interface ParsedPrompt permits ParsedPrompt.Unanswerable, PromptRow {

  /** A line that cannot be answered. */
  record Unanswerable(MalformedRow why) implements ParsedPrompt {}
}
