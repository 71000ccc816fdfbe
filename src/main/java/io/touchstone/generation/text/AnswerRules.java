package io.touchstone.generation.text;

import io.touchstone.generation.JudgementRule;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What ends an answer, and what is read out of it.
 *
 * @param stops strings that do; no empty one
 * @param eosIds tokens that do
 * @param maxNewTokens after which it ends
 * @param judgement that is read out of it; empty for none
 */
public record AnswerRules(
    List<String> stops, Set<Integer> eosIds, int maxNewTokens, Optional<JudgementRule> judgement) {

  /** Of an answer out of which no judgement is read. */
  public AnswerRules(List<String> stops, Set<Integer> eosIds, int maxNewTokens) {
    this(stops, eosIds, maxNewTokens, Optional.empty());
  }

  public AnswerRules {
    stops = List.copyOf(stops);
    eosIds = Set.copyOf(eosIds);
    if (stops.contains("")) {
      throw new IllegalArgumentException("expected stop strings, found an empty one");
    }
  }
}
