package io.touchstone.checkpoint;

import io.touchstone.checkpoint.config.Architecture;
import io.touchstone.checkpoint.config.AttentionBias;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.HeadLayer;
import io.touchstone.checkpoint.config.HybridLayers;
import io.touchstone.checkpoint.config.RewardHead;
import io.touchstone.checkpoint.encoder.EncoderConfig;
import io.touchstone.checkpoint.encoder.EncoderTensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The tensors that a configuration asks for, by the names that transformers gives them. */
final class ExpectedTensors {
  static final String LM_HEAD = "lm_head.weight";

  private final String architecture;
  private final Map<String, List<Long>> required = new LinkedHashMap<>();
  private final Map<String, List<Long>> optional = new LinkedHashMap<>();
  private final boolean lmHeadLeftOver;
  private final boolean tied;
  private final String embeddings;
  private final Predicate<String> unread;

  /**
   * @param stored names of the folder's tensors, as transformers calls them
   */
  ExpectedTensors(
      Architecture architecture,
      DecoderConfig decoder,
      Optional<RewardHead.Classifier> classifier,
      Set<String> stored) {
    this.architecture = architecture.name();
    this.lmHeadLeftOver = classifier.isPresent();
    this.tied = classifier.isEmpty() && decoder.tiedEmbeddings();
    long hidden = decoder.hiddenSize();
    List<Long> vocabulary = List.of((long) decoder.vocabSize(), hidden);
    this.embeddings = decoder.family().embeddings();
    this.unread = name -> name.endsWith(".rotary_emb.inv_freq");
    required.put(embeddings, vocabulary);
    for (int layer = 0; layer < decoder.layers(); layer++) {
      layer("model.layers." + layer + ".", layer, decoder);
    }
    required.put(decoder.family().finalNorm(), List.of(hidden));
    if (classifier.isPresent()) {
      head(classifier.get().layers(), stored, hidden);
    } else {
      (decoder.tiedEmbeddings() ? optional : required).put(LM_HEAD, vocabulary);
    }
  }

  /** Of an encoder. */
  ExpectedTensors(EncoderConfig encoder) {
    this.architecture = encoder.architecture();
    this.lmHeadLeftOver = false;
    this.tied = false;
    this.embeddings = encoder.embedding().words();
    this.unread = name -> EncoderTensors.leftOver(encoder, name);
    required.putAll(EncoderTensors.of(encoder));
  }

  private void head(List<HeadLayer> layers, Set<String> stored, long hidden) {
    long inputs = hidden;
    for (HeadLayer layer : layers) {
      List<Long> shape = List.of((long) layer.outputs(), inputs);
      required.put(layer.weight(stored), shape);
      layer.bias(stored).ifPresent(bias -> required.put(bias, shape.subList(0, 1)));
      inputs = layer.outputs();
    }
  }

  private void layer(String prefix, int layer, DecoderConfig decoder) {
    if (decoder.hybrid().isPresent()) {
      required.put(prefix + "norm.weight", List.of((long) decoder.hiddenSize()));
      HybridLayers hybrid = decoder.hybrid().get();
      switch (hybrid.mixers().get(layer)) {
        case MAMBA -> mamba(prefix + "mixer.", decoder.hiddenSize(), hybrid.mamba());
        case ATTENTION -> projections(prefix + "mixer.", decoder);
        case MLP -> upDown(prefix + "mixer.", decoder);
      }
    } else {
      attention(prefix, decoder);
      mlp(prefix, decoder);
    }
  }

  private void mamba(String mixer, long hidden, HybridLayers.Mamba mamba) {
    long inner = mamba.inner();
    long convolved = mamba.convolved();
    List<Long> heads = List.of((long) mamba.heads());
    projection(
        mixer + "in_proj", List.of((long) mamba.projected(), hidden), mamba.projectionBias());
    projection(
        mixer + "conv1d", List.of(convolved, 1L, (long) mamba.kernel()), mamba.convolutionBias());
    required.put(mixer + "A_log", heads);
    required.put(mixer + "D", heads);
    required.put(mixer + "dt_bias", heads);
    required.put(mixer + "norm.weight", List.of(inner));
    projection(mixer + "out_proj", List.of(hidden, inner), mamba.projectionBias());
  }

  private void attention(String layer, DecoderConfig decoder) {
    required.put(layer + "input_layernorm.weight", List.of((long) decoder.hiddenSize()));
    projections(layer + "self_attn.", decoder);
  }

  private void projections(String attention, DecoderConfig decoder) {
    long hidden = decoder.hiddenSize();
    long queries = (long) decoder.heads() * decoder.headDim();
    long keys = (long) decoder.kvHeads() * decoder.headDim();
    AttentionBias bias = decoder.attentionBias();
    projection(attention + "q_proj", List.of(queries, hidden), bias.q());
    projection(attention + "k_proj", List.of(keys, hidden), bias.k());
    projection(attention + "v_proj", List.of(keys, hidden), bias.v());
    projection(attention + "o_proj", List.of(hidden, queries), bias.o());
    if (decoder.qkNorm()) {
      required.put(attention + "q_norm.weight", List.of((long) decoder.headDim()));
      required.put(attention + "k_norm.weight", List.of((long) decoder.headDim()));
    }
  }

  private void mlp(String layer, DecoderConfig decoder) {
    long hidden = decoder.hiddenSize();
    long inner = decoder.intermediateSize();
    required.put(layer + "post_attention_layernorm.weight", List.of(hidden));
    projection(layer + "mlp.gate_proj", List.of(inner, hidden), decoder.mlpBias());
    upDown(layer + "mlp.", decoder);
  }

  private void upDown(String mlp, DecoderConfig decoder) {
    long hidden = decoder.hiddenSize();
    long inner = decoder.intermediateSize();
    projection(mlp + "up_proj", List.of(inner, hidden), decoder.mlpBias());
    projection(mlp + "down_proj", List.of(hidden, inner), decoder.mlpBias());
  }

  private void projection(String name, List<Long> shape, boolean bias) {
    required.put(name + ".weight", shape);
    if (bias) {
      required.put(name + ".bias", shape.subList(0, 1));
    }
  }

  /** Whether the language model's head is the embeddings. */
  boolean tied() {
    return tied;
  }

  String architecture() {
    return architecture;
  }

  /** The table of a row per token id. */
  String embeddings() {
    return embeddings;
  }

  /** By name, in the order of the forward pass. */
  Map<String, List<Long>> required() {
    return required;
  }

  Optional<List<Long>> shape(String name) {
    return Optional.ofNullable(required.getOrDefault(name, optional.get(name)));
  }

  /**
   * Stored by some writers, read by no model: rotary tables, which follow from the configuration,
   * and the language model's head that a classifier was made from.
   */
  boolean leftOver(String name) {
    return unread.test(name) || lmHeadLeftOver && name.equals(LM_HEAD);
  }
}
