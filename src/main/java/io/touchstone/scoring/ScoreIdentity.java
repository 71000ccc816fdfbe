package io.touchstone.scoring;

/**
 * All that a score depends on beside the conversation's tokens.
 *
 * @param text one line for each
 * @param outputs values of each score
 */
public record ScoreIdentity(String text, int outputs) {

  /**
   * Which scores this program gives, whatever its release is called: one more whenever any score
   * may differ from what the last version gave for the same conversation, model and settings.
   * Folders begun by another version are refused, and scores that another version remembered are
   * not found.
   */
  public static final int SCORING_VERSION = 1;

  /** Template, its date and the most tokens are not in it: they only say which tokens there are. */
  public static ScoreIdentity of(ModelDescription model) {
    int outputs = model.isJudged() ? KnownVotes.NUMBERS : model.outputs();
    return new ScoreIdentity(
        "scoring-version "
            + SCORING_VERSION
            + "\nmodel "
            + model.fingerprint()
            + "\nhead "
            + model.head()
            + "\nprecision "
            + model.precision()
            + "\noutputs "
            + outputs
            + "\n",
        outputs);
  }
}
