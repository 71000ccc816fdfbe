package io.touchstone.scoring;

import java.io.Serializable;
import java.util.List;

/**
 * What scores depend on, known before any weight is read.
 *
 * @param fingerprint changes when the checkpoint's weights, configuration, tokenizer or template do
 * @param architecture as {@code config.json} names it
 * @param attributes names of the model's outputs, in its order
 * @param maxTokens the most tokens that one conversation may have
 * @param prompt how conversations become text: {@code chat} or {@code steerlm}
 * @param precision of the arithmetic: the factors' type, and the kind of device unless it is a CPU
 * @param head what of the checkpoint is read out: a tensor's rows
 * @param reading how its folder was understood
 */
public record ModelDescription(
    String path,
    String fingerprint,
    String architecture,
    List<String> attributes,
    int maxTokens,
    String prompt,
    String templateDate,
    String precision,
    String head,
    ModelReading reading)
    implements Serializable {

  public ModelDescription {
    attributes = List.copyOf(attributes);
  }

  /** Names of the outputs for people; those that rows have are the attributes. */
  public List<String> shownNames() {
    return reading.shownNames().isEmpty() ? attributes : reading.shownNames();
  }
}
