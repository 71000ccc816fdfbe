package io.touchstone.generation.sampling;

/** Something that changes the logits of the next token, minus infinity for never. */
interface LogitRule {

  /**
   * @param logits by id, changed in place
   * @param history not changed
   */
  void apply(float[] logits, History history);
}
