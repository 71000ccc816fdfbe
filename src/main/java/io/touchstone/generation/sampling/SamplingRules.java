package io.touchstone.generation.sampling;

import io.touchstone.checkpoint.config.LogitRules;
import java.io.Serializable;
import java.util.List;

/**
 * What decides an answer's tokens, as it holds: of the call, the model's folder and transformers.
 *
 * @param logits what changes logits before a token is taken
 * @param eosIds tokens that end an answer; maybe none
 * @param minLength tokens of prompt and answer before which it may not end
 * @param minNewTokens tokens of the answer before which it may not end
 * @param maxNewTokens after which it ends
 * @param stops strings that end it
 * @param samples of each prompt
 * @param seed of the draws
 */
public record SamplingRules(
    Decoding decoding,
    LogitRules logits,
    List<Integer> eosIds,
    int minLength,
    int minNewTokens,
    int maxNewTokens,
    List<String> stops,
    int samples,
    long seed)
    implements Serializable {

  public SamplingRules {
    eosIds = List.copyOf(eosIds);
    stops = List.copyOf(stops);
  }

  /** The best token each time, by the logits as they are. */
  public static SamplingRules greedy(List<Integer> eosIds, int maxNewTokens) {
    return new SamplingRules(
        new Decoding.Greedy(), LogitRules.NONE, eosIds, 0, 0, maxNewTokens, List.of(), 1, 0);
  }
}
