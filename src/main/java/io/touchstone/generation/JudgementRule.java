package io.touchstone.generation;

import java.io.Serializable;

/**
 * How a judgement is read out of an answer: at the token behind a marker's last occurrence.
 *
 * @param marker text that a judgement stands behind; looked for outside of thoughts
 * @param wanted id of the token that makes a judgement larger
 * @param unwanted id of the one that makes it smaller
 */
public record JudgementRule(String marker, int wanted, int unwanted) implements Serializable {

  private static final long serialVersionUID = 1L;

  public JudgementRule {
    if (marker.isBlank() || wanted == unwanted) {
      throw new IllegalArgumentException("judgement: expected a marker and two tokens");
    }
  }

  /** What is kept of each step: the log-probability of the one less that of the other. */
  public double difference(Logits logits) {
    // Both are less the same logarithm of a sum.
    return (double) logits.at(wanted) - logits.at(unwanted);
  }

  /** Whether an answer went on with one of the two. */
  public boolean isMetBy(Judgement judgement) {
    return judgement.token() == wanted || judgement.token() == unwanted;
  }
}
