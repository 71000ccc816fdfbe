package io.touchstone.generation.text;

import java.util.List;
import java.util.Set;

/**
 * What ends an answer.
 *
 * @param stops strings that do; no empty one
 * @param eosIds tokens that do
 * @param maxNewTokens after which it ends
 */
public record AnswerRules(List<String> stops, Set<Integer> eosIds, int maxNewTokens) {

  public AnswerRules {
    stops = List.copyOf(stops);
    eosIds = Set.copyOf(eosIds);
    if (stops.contains("")) {
      throw new IllegalArgumentException("expected stop strings, found an empty one");
    }
  }
}
