package io.touchstone.scoring.prompt;

import io.touchstone.reward.Rejected;

/** Why a model cannot be given a prompt. */
public final class PromptRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final String kind;

  /**
   * @param kind as {@link Rejected} has it
   */
  public PromptRefusal(String kind, String reason) {
    super(reason, null, false, false);
    this.kind = kind;
  }

  boolean isOf(String other) {
    return kind.equals(other);
  }

  /**
   * The verdict on the row.
   *
   * @param where in the row, in front of the reason
   */
  public Rejected rejected(String where) {
    return new Rejected(kind, where + getMessage());
  }
}
