package io.touchstone.selection;

import java.io.Serializable;

/** What is made of a prompt's candidates. */
public sealed interface Choice extends Serializable permits Choice.Top, PairRule {

  /** A line for each of the best candidates. */
  record Top(int count) implements Choice {
    public Top {
      if (count < 1) {
        throw new IllegalArgumentException("top: expected at least 1, found " + count);
      }
    }
  }
}
