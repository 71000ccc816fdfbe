package io.touchstone.files.commit;

import java.util.Set;

/** What an output folder holds of a plan. */
public sealed interface OutputState {

  /** Nothing yet. */
  record Fresh() implements OutputState {}

  /**
   * An earlier run of the same plan has ended before its end.
   *
   * @param committed indexes of the pieces that need no work
   */
  record Unfinished(Set<Integer> committed) implements OutputState {

    public Unfinished {
      committed = Set.copyOf(committed);
    }
  }

  /** An earlier run of the same plan has done everything. */
  record Finished() implements OutputState {}
}
