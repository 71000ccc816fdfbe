package io.touchstone.selection;

import java.io.Serializable;

/** What is made of a prompt's candidates. */
public sealed interface Choice extends Serializable {

  /** A line for each of the best candidates. */
  record Top(int count) implements Choice {
    public Top {
      if (count < 1) {
        throw new IllegalArgumentException("top: expected at least 1, found " + count);
      }
    }
  }

  /** A line for each preference pair. */
  record Pairs(PairRule rule) implements Choice {}
}
