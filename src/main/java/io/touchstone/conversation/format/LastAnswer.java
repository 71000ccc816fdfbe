package io.touchstone.conversation.format;

/** What becomes of an answer with which a row's own turns end, where the row is to be answered. */
public enum LastAnswer {
  /** It is left out: another one is wanted. */
  LEFT_OUT,
  /** It is the beginning of the answer that is wanted. */
  CONTINUED
}
