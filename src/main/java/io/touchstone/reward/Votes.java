package io.touchstone.reward;

import java.util.List;

/**
 * How a judge came to a value, which is the mean of its votes.
 *
 * @param spread their standard deviation, over their number
 * @param missing votes in which no judgement was found
 * @param astray votes that went on with neither of the two tokens that a judgement is read by
 * @param rationales what the judge wrote, a text for each vote; none where nobody knows it any more
 */
public record Votes(float spread, int missing, int astray, List<String> rationales) {

  public Votes {
    rationales = List.copyOf(rationales);
  }
}
