package io.touchstone.checkpoint;

import io.touchstone.checkpoint.config.AttentionBias;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.HeadLayer;
import io.touchstone.checkpoint.config.HeadNorms;
import io.touchstone.checkpoint.config.HybridLayers;
import io.touchstone.checkpoint.config.LayerMatrices;
import io.touchstone.checkpoint.config.RewardHead;
import io.touchstone.checkpoint.config.StoredMatrix;
import io.touchstone.checkpoint.family.Architecture;
import io.touchstone.checkpoint.family.Family;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tensors that a configuration asks for, by the names that transformers gives them. */
final class ExpectedTensors {
  static final String LM_HEAD = "lm_head.weight";

  private final String architecture;
  private final Family family;
  private final Map<String, List<Long>> required = new LinkedHashMap<>();
  private final Map<String, List<Long>> optional = new LinkedHashMap<>();
  private final boolean lmHeadLeftOver;
  private final boolean tied;
  private final String embeddings;

  /**
   * @param stored names of the folder's tensors, as transformers calls them
   */
  ExpectedTensors(
      Architecture architecture,
      DecoderConfig decoder,
      Optional<RewardHead.Classifier> classifier,
      Set<String> stored) {
    this.architecture = architecture.name();
    this.family = architecture.family();
    this.lmHeadLeftOver = classifier.isPresent();
    this.tied = classifier.isEmpty() && decoder.tiedEmbeddings();
    long hidden = decoder.hiddenSize();
    List<Long> vocabulary = List.of((long) decoder.vocabSize(), hidden);
    this.embeddings = decoder.names().embeddings();
    required.put(embeddings, vocabulary);
    for (int layer = 0; layer < decoder.layers(); layer++) {
      layer(decoder.names().layer(layer), layer, decoder);
    }
    required.put(decoder.names().finalNorm(), List.of(hidden));
    if (classifier.isPresent()) {
      head(classifier.get().layers(), stored, hidden);
    } else {
      (decoder.tiedEmbeddings() ? optional : required).put(LM_HEAD, vocabulary);
    }
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
      decoderLayer(prefix, decoder);
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

  private void decoderLayer(String prefix, DecoderConfig decoder) {
    long hidden = decoder.hiddenSize();
    long inner = decoder.intermediateSize();
    LayerMatrices matrices = decoder.names().matrices();
    AttentionBias bias = decoder.attention().bias();
    boolean mlp = decoder.mlp().bias();
    decoder
        .norms()
        .names()
        .forEach(name -> required.put(prefix + name + ".weight", List.of(hidden)));
    decoder.attention().headNorms().ifPresent(norms -> headNorms(prefix, norms, decoder.sizes()));
    parts(prefix, matrices.query(), hidden, bias.q());
    parts(prefix, matrices.key(), hidden, bias.k());
    parts(prefix, matrices.value(), hidden, bias.v());
    parts(prefix, matrices.output(), decoder.sizes().queryRows(), bias.o());
    matrices.gate().ifPresent(gate -> parts(prefix, gate, hidden, mlp));
    parts(prefix, matrices.up(), hidden, mlp);
    parts(prefix, matrices.down(), inner, mlp);
  }

  private void headNorms(String prefix, HeadNorms norms, DecoderSizes sizes) {
    boolean all = norms.extent() == HeadNorms.Extent.ALL_HEADS;
    List<Long> head = List.of((long) sizes.headDim());
    required.put(
        prefix + norms.query() + ".weight", all ? List.of((long) sizes.queryRows()) : head);
    required.put(prefix + norms.key() + ".weight", all ? List.of((long) sizes.keyRows()) : head);
  }

  /** A tensor has at least the rows that are read of it. */
  private void parts(String prefix, StoredMatrix matrix, long columns, boolean bias) {
    for (StoredMatrix.Part part : matrix.parts()) {
      List<Long> before = required.getOrDefault(prefix + part.weight(), List.of(0L));
      long rows = Math.max(before.get(0), part.end());
      required.put(prefix + part.weight(), List.of(rows, columns));
      if (bias) {
        required.put(prefix + part.bias(), List.of(rows));
      }
    }
  }

  private void projections(String attention, DecoderConfig decoder) {
    long hidden = decoder.hiddenSize();
    long queries = (long) decoder.heads() * decoder.headDim();
    long keys = (long) decoder.kvHeads() * decoder.headDim();
    AttentionBias bias = decoder.attention().bias();
    projection(attention + "q_proj", List.of(queries, hidden), bias.q());
    projection(attention + "k_proj", List.of(keys, hidden), bias.k());
    projection(attention + "v_proj", List.of(keys, hidden), bias.v());
    projection(attention + "o_proj", List.of(hidden, queries), bias.o());
  }

  private void upDown(String mlp, DecoderConfig decoder) {
    long hidden = decoder.hiddenSize();
    long inner = decoder.intermediateSize();
    projection(mlp + "up_proj", List.of(inner, hidden), decoder.mlp().bias());
    projection(mlp + "down_proj", List.of(hidden, inner), decoder.mlp().bias());
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
   * Stored and not read: rotary tables, which follow from the configuration, the language model's
   * head that a classifier was made from, and parts of a model that no score depends on.
   */
  boolean leftOver(String name) {
    return name.endsWith(".rotary_emb.inv_freq")
        || lmHeadLeftOver && name.equals(LM_HEAD)
        || family.leavesUnread(name);
  }
}
