package io.touchstone.scoring;

/**
 * All that a score depends on beside the conversation's tokens.
 *
 * @param text one line for each
 * @param outputs values of each score
 */
public record ScoreIdentity(String text, int outputs) {

  /** Template, its date and the most tokens are not in it: they only say which tokens there are. */
  public static ScoreIdentity of(ModelDescription model) {
    int outputs = model.attributes().size();
    return new ScoreIdentity(
        "scoring-version "
            + ScoringVersion.CURRENT
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
