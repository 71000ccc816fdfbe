package io.touchstone.scoring;

import io.touchstone.reward.Rejected;

/** What became of a row on its way to the model. */
public sealed interface Preparation permits PreparedRow, Preparation.Unpreparable {

  /** A row that cannot be scored. */
  record Unpreparable(Rejected rejected) implements Preparation {}
}
