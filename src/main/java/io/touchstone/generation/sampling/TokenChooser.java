package io.touchstone.generation.sampling;

import io.touchstone.generation.Logits;
import java.util.List;

/**
 * Chooses the tokens of one answer, one after the other. One thread.
 *
 * <p>All arithmetic on logits is in fp32 as in transformers 5.23.0; a draw depends on the seed, the
 * row, the sample's number and the step, and on nothing else.
 */
public final class TokenChooser {
  private final Decoding decoding;
  private final List<LogitRule> rules;
  private final History history;
  private final Draws draws;
  private long step;

  /**
   * @param promptIds not kept
   * @param row what the draws depend on beside the seed
   * @param sample the answer's number among those to the prompt, from 0
   */
  public TokenChooser(SamplingRules rules, int[] promptIds, RowIdentity row, int sample) {
    this.decoding = rules.decoding().of(sample);
    this.rules = RuleList.of(rules);
    this.history = new History(this.rules.isEmpty() ? new int[0] : promptIds);
    this.draws = Draws.of(rules.seed(), row, sample);
  }

  /**
   * Takes the next token.
   *
   * @param logits that follow on the prompt and the tokens taken before
   * @throws UnfitLogitsException if no token can be taken from them
   */
  public ChosenToken next(Logits logits) {
    int id = choose(logits);
    double logprob = logits.at(id) - logits.logSumExp();
    if (Double.isNaN(logprob)) {
      throw UnfitLogitsException.notNumbers();
    }
    step++;
    if (!rules.isEmpty()) {
      history.add(id);
    }
    return new ChosenToken(id, logprob);
  }

  private int choose(Logits logits) {
    if (rules.isEmpty() && decoding instanceof Decoding.Greedy) {
      return logits.argmax();
    }
    float[] changed = logits.all();
    for (LogitRule rule : rules) {
      rule.apply(changed, history);
    }
    return decoding instanceof Decoding.Sampling how
        ? Candidates.of(changed, how).draw(draws.at(step))
        : new Ranking(changed).bestId();
  }
}
