package io.touchstone.checkpoint;

/** How whoever opens a folder means to get rewards from it. */
public enum JudgedBy {
  /** The conversation as it is. */
  CONVERSATION,
  /** The first token of the answer to what is asked behind it. */
  ANSWER,
  /** What the model writes about it, or no reward at all. */
  TEXT
}
