package io.touchstone.conversation.format;

/** What {@code <extra_id_1>User} and {@code <extra_id_1>Assistant} lines in a prompt's text are. */
public enum TurnMarkers {
  /** They part turns, as a chat template wants them. */
  TURNS,
  /** They are text, as NeMo's own prompt wants them. */
  TEXT
}
