package io.touchstone.conversation.format;

/** Which assistant turns of {@code messages} and {@code sharegpt} rows are scored. */
public enum ScoredTurns {
  LAST,
  ALL
}
