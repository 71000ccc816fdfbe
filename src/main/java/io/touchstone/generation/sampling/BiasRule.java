package io.touchstone.generation.sampling;

import io.touchstone.checkpoint.config.LogitRules.SequenceBias;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds to the logit of a sequence's last token where the tokens before it are the last ones so far;
 * of one sequence that comes twice the later counts, several that end alike add up.
 */
final class BiasRule implements LogitRule {
  private final Map<List<Integer>, Float> biases = new LinkedHashMap<>();

  BiasRule(List<SequenceBias> biases) {
    biases.forEach(bias -> this.biases.put(bias.ids(), (float) bias.bias()));
  }

  @Override
  public void apply(float[] logits, History history) {
    Map<Integer, Float> sums = new LinkedHashMap<>();
    biases.forEach(
        (ids, bias) -> {
          if (history.leadsTo(ids)) {
            sums.merge(ids.get(ids.size() - 1), bias, Float::sum);
          }
        });
    sums.forEach((id, sum) -> logits[id] += sum);
  }
}
