package io.touchstone.conversation.format;

/** What a row's columns {@code principle} and {@code principles} are. */
public enum PrincipleColumns {
  /** Columns like others. */
  UNREAD,
  /** What the row's answers are judged by, where it has them. */
  READ,
  /** The same, and a row needs them: the call brings none. */
  REQUIRED
}
