package io.touchstone.generation;

import io.touchstone.scoring.ModelReading;
import java.io.Serializable;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What answers depend on, known before any weight is read.
 *
 * @param model the folder, or the server's address and the model's name there
 * @param fingerprint changes when the checkpoint does; empty where it is not known
 * @param architecture as {@code config.json} names it; empty where it is not known
 * @param maxTokens the most tokens of a prompt and its answer together; {@link Integer#MAX_VALUE}
 *     where a server decides that
 * @param precision of the arithmetic; empty where it is not known
 * @param effective the settings that decide answers, by name, as they hold: those of the call, of
 *     {@code generation_config.json} and of transformers
 * @param reading how the folder was understood
 */
public record GeneratorDescription(
    String model,
    String fingerprint,
    String architecture,
    int maxTokens,
    String precision,
    SortedMap<String, String> effective,
    ModelReading reading)
    implements Serializable {

  public GeneratorDescription {
    effective = new TreeMap<>(effective);
  }
}
