package io.touchstone.checkpoint.encoder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tensors that an encoder needs, by the names that transformers gives them. */
public final class EncoderTensors {
  private final EncoderConfig config;
  private final Map<String, List<Long>> required = new LinkedHashMap<>();

  private EncoderTensors(EncoderConfig config) {
    this.config = config;
  }

  /** By name, in the order of the forward pass, each with its shape. */
  public static Map<String, List<Long>> of(EncoderConfig config) {
    EncoderTensors tensors = new EncoderTensors(config);
    tensors.all();
    return tensors.required;
  }

  /**
   * As transformers calls a tensor that is stored under this name: old checkpoints have
   * TensorFlow's words for a norm's.
   */
  public static String named(String stored) {
    return stored
        .replaceFirst("LayerNorm\\.gamma$", "LayerNorm.weight")
        .replaceFirst("LayerNorm\\.beta$", "LayerNorm.bias");
  }

  /** Stored by some writers and read by no classifier: numbers of positions, heads of training. */
  public static boolean leftOver(EncoderConfig config, String name) {
    return name.equals(config.base() + "embeddings.position_ids")
        || name.startsWith("cls.")
        || name.startsWith("lm_head.")
        || name.startsWith("lm_predictions.")
        || name.startsWith("mask_predictions.")
        || name.startsWith(config.base() + "pooler.")
            && config.head().dense().stream().noneMatch(layer -> name.startsWith(layer.name()));
  }

  private void all() {
    long hidden = config.hiddenSize();
    Embedding embedding = config.embedding();
    required.put(embedding.words(), List.of((long) config.vocabSize(), hidden));
    embedding
        .positions()
        .ifPresent(table -> required.put(table.table(), List.of((long) table.rows(), hidden)));
    embedding
        .types()
        .ifPresent(table -> required.put(table.table(), List.of((long) table.rows(), hidden)));
    norm(embedding.norm());
    if (config.sight() instanceof Sight.Distances distances) {
      required.put(config.distances(), List.of(2L * distances.span(), hidden));
      if (distances.normed()) {
        norm(config.distancesNorm());
      }
    }
    for (int layer = 0; layer < config.layers(); layer++) {
      layer(config.names().of(layer), layer);
    }
    config
        .convolution()
        .ifPresent(
            layer -> {
              required.put(
                  layer.name() + ".weight",
                  List.of(hidden, hidden / layer.groups(), (long) layer.kernel()));
              required.put(layer.name() + ".bias", List.of(hidden));
              norm(layer.norm());
            });
    config.finalNorm().ifPresent(this::norm);
    head(config.head());
  }

  private void layer(String prefix, int layer) {
    long hidden = config.hiddenSize();
    long inner = config.intermediateSize();
    LayerNames names = config.names();
    long each = 3 / names.inputs().size();
    for (String input : names.inputs()) {
      linear(prefix + input, each * hidden, hidden, config.biases().attention());
    }
    if (config.sight() instanceof Sight.Distances distances && !distances.shared()) {
      if (distances.keys()) {
        linear(prefix + EncoderConfig.DISTANCE_KEYS, hidden, hidden, true);
      }
      if (distances.queries()) {
        linear(prefix + EncoderConfig.DISTANCE_QUERIES, hidden, hidden, true);
      }
    }
    linear(prefix + names.attentionOutput(), hidden, hidden, config.biases().attention());
    if (config.hasAttentionNorm(layer)) {
      norm(prefix + names.attentionNorm());
    }
    linear(prefix + names.up(), config.inner().parts() * inner, hidden, config.biases().mlp());
    linear(prefix + names.down(), hidden, inner, config.biases().mlp());
    norm(prefix + names.mlpNorm());
  }

  private void head(EncoderHead head) {
    long hidden = config.hiddenSize();
    head.dense()
        .ifPresent(
            layer -> {
              linear(layer.name(), hidden, hidden, layer.bias());
              layer.norm().ifPresent(this::norm);
            });
    linear(head.output(), head.outputs(), hidden, true);
  }

  private void linear(String name, long outputs, long inputs, boolean bias) {
    required.put(name + ".weight", List.of(outputs, inputs));
    if (bias) {
      required.put(name + ".bias", List.of(outputs));
    }
  }

  private void norm(String name) {
    required.put(name + ".weight", List.of((long) config.hiddenSize()));
    if (config.biases().norms()) {
      required.put(name + ".bias", List.of((long) config.hiddenSize()));
    }
  }
}
