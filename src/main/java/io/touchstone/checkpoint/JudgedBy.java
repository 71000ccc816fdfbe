package io.touchstone.checkpoint;

/** How whoever opens a folder means to get rewards from it. */
public enum JudgedBy {
  /** The conversation as it is. */
  CONVERSATION,
  /** The first token of the answer to what is asked behind it. */
  ANSWER
}
