package io.touchstone.generation.sampling;

import io.touchstone.checkpoint.config.GenerationConfig;
import io.touchstone.problem.Problems;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What decides tokens after the call, the model's folder and transformers were asked, in this
 * order.
 *
 * @param effective the settings by name, those that decide nothing left out
 * @param notes what a user might not expect, fit to be told with the result
 */
public record EffectiveSampling(
    SamplingRules rules, SortedMap<String, String> effective, List<String> notes) {

  public EffectiveSampling {
    effective = new TreeMap<>(effective);
    notes = List.copyOf(notes);
  }

  /**
   * Decides.
   *
   * @param vocabulary how many logits the model gives
   * @param problems receives what contradicts itself or cannot be
   * @return empty beside problems
   */
  public static Optional<EffectiveSampling> of(
      SamplingAsk ask, GenerationConfig config, int vocabulary, Problems problems) {
    return new SamplingChoice(ask, config, vocabulary, problems).decide();
  }
}
