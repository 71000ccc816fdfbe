package io.touchstone.files.commit;

import java.util.function.Consumer;

/**
 * The steps between which a job may die, in their order. Every step leaves a folder that the same
 * command finishes; tests of this room listen to them, and die there.
 */
public enum CommitStep {
  CONTENT_DISCARDED,
  PLAN_WRITTEN,
  PLAN_PLACED,
  PART_WRITTEN,
  RECORD_WRITTEN,
  RECORD_PLACED,
  REJECTED_PLACED,
  PART_PLACED,
  PIECES_SETTLED,
  SUMMARY_PLACED,
  LEFTOVERS_DELETED;

  private static volatile Consumer<CommitStep> listener = step -> {};

  public static void listen(Consumer<CommitStep> listener) {
    CommitStep.listener = listener;
  }

  void reached() {
    listener.accept(this);
  }
}
