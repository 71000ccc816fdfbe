package io.touchstone.scoring.pipeline;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.conversation.line.Row;
import io.touchstone.reward.Rejected;

/** A line on its way through a load. */
sealed interface PendingLine {

  RawLine line();

  /** Understood, rendered and tokenized. */
  record ToScore(RawLine line, Row row, RecalledRow recalled) implements PendingLine {}

  /** Neither understood nor rendered yet: all of that is done when nothing else is. */
  record ToIsolate(RawLine line) implements PendingLine {}

  /** Set aside before the model saw it. */
  record ToReject(RawLine line, Rejected why) implements PendingLine {}
}
