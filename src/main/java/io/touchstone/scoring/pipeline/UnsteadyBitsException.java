package io.touchstone.scoring.pipeline;

/**
 * The scorer, ready for its first load, turns out to give bits that follow what is scored with a
 * conversation: what it scores must not be remembered, nor stand beside what is known.
 */
public final class UnsteadyBitsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnsteadyBitsException() {
    super("the last bits of scores follow what is scored with them on this processor");
  }
}
