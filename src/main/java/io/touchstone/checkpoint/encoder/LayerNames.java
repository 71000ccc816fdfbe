package io.touchstone.checkpoint.encoder;

import java.util.List;

/**
 * Names within a layer, without {@code .weight} and {@code .bias}.
 *
 * @param prefix of all layers; a number and a dot follow
 * @param inputs of the attention: query, key and value, or one tensor that holds all three
 */
public record LayerNames(
    String prefix,
    List<String> inputs,
    String attentionOutput,
    String attentionNorm,
    String up,
    String down,
    String mlpNorm) {

  public LayerNames {
    inputs = List.copyOf(inputs);
  }

  /** What the names of a layer's tensors begin with. */
  public String of(int layer) {
    return prefix + layer + ".";
  }

  /** Of BERT and those who took after it. */
  static LayerNames ofBert(String base, String query, String key, String value) {
    return new LayerNames(
        base + "encoder.layer.",
        List.of("attention.self." + query, "attention.self." + key, "attention.self." + value),
        "attention.output.dense",
        "attention.output.LayerNorm",
        "intermediate.dense",
        "output.dense",
        "output.LayerNorm");
  }
}
