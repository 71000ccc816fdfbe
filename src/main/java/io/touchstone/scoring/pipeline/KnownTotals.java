package io.touchstone.scoring.pipeline;

/**
 * What the model was spared because scores were known.
 *
 * @param rows of which every score was known
 * @param prompts whose score was known, those of rows with other prompts among them
 * @param tokens of these prompts that were not computed, those that a row shares counted once
 * @param added scores that were computed and remembered
 */
public record KnownTotals(long rows, long prompts, long tokens, long added) {

  public static final KnownTotals NONE = new KnownTotals(0, 0, 0, 0);

  public KnownTotals plus(KnownTotals other) {
    return new KnownTotals(
        rows + other.rows, prompts + other.prompts, tokens + other.tokens, added + other.added);
  }
}
