package io.touchstone.checkpoint;

import io.touchstone.checkpoint.config.AttentionBias;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.Experts;
import io.touchstone.checkpoint.config.Gate;
import io.touchstone.checkpoint.config.HeadLayer;
import io.touchstone.checkpoint.config.HeadNorms;
import io.touchstone.checkpoint.config.HybridLayers;
import io.touchstone.checkpoint.config.LayerMatrices;
import io.touchstone.checkpoint.config.Norms;
import io.touchstone.checkpoint.config.RewardHead;
import io.touchstone.checkpoint.config.StoredMatrix;
import io.touchstone.checkpoint.encoder.EncoderConfig;
import io.touchstone.checkpoint.encoder.EncoderTensors;
import io.touchstone.checkpoint.family.Architecture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The tensors that a configuration asks for, by the names that transformers gives them. */
final class ExpectedTensors {
  static final String LM_HEAD = "lm_head.weight";
  static final String NEOX_HEAD = "embed_out.weight";

  private static final List<String> LEFT_OVERS =
      List.of(
          ".rotary_emb.inv_freq",
          ".attn.bias",
          ".attn.masked_bias",
          ".attention.bias",
          ".attention.masked_bias");

  private final String architecture;
  private final Map<String, List<Long>> required = new LinkedHashMap<>();
  private final Map<String, List<Long>> optional = new LinkedHashMap<>();
  private final boolean lmHeadLeftOver;
  private final boolean tied;
  private final String embeddings;
  private final String layers;
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
    this.unread = name -> LEFT_OVERS.stream().anyMatch(name::endsWith);
    this.embeddings = decoder.names().embeddings();
    this.layers = decoder.names().layers();
    required.put(embeddings, vocabulary);
    decoder
        .names()
        .positions()
        .ifPresent(
            table -> required.put(table, List.of((long) decoder.maxPositionEmbeddings(), hidden)));
    for (int layer = 0; layer < decoder.layers(); layer++) {
      layer(decoder.names().layer(layer), layer, decoder);
    }
    String finalNorm = decoder.names().finalNorm();
    norm(finalNorm.substring(0, finalNorm.lastIndexOf('.')), decoder);
    if (classifier.isPresent()) {
      head(classifier.get().layers(), stored, hidden);
      long outputs = classifier.get().outputs();
      classifier.get().gate().ifPresent(gate -> gate(gate, outputs, stored, hidden));
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
    this.layers = "";
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

  private void gate(Gate gate, long objectives, Set<String> stored, long hidden) {
    head(gate.layers(), stored, hidden);
    required.put(Gate.SCALE, List.of(1L));
    required.put(Gate.TRANSFORM, List.of(objectives, objectives));
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
      decoderLayer(prefix, layer, decoder);
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

  private void decoderLayer(String prefix, int layer, DecoderConfig decoder) {
    long hidden = decoder.hiddenSize();
    long inner = decoder.intermediateSize();
    LayerMatrices matrices = decoder.names().matrices();
    AttentionBias bias = decoder.attention().bias();
    boolean mlp = decoder.mlp().bias();
    decoder.norms().names().forEach(name -> norm(prefix + name, decoder));
    decoder.attention().headNorms().ifPresent(norms -> headNorms(prefix, norms, decoder.sizes()));
    parts(prefix, matrices.query(), hidden, bias.q());
    parts(prefix, matrices.key(), hidden, bias.k());
    parts(prefix, matrices.value(), hidden, bias.v());
    parts(prefix, matrices.output(), decoder.sizes().queryRows(), bias.o());
    if (decoder.mlp().isDense(layer)) {
      matrices.gate().ifPresent(gate -> parts(prefix, gate, hidden, mlp));
      parts(prefix, matrices.up(), hidden, mlp);
      parts(prefix, matrices.down(), inner, mlp);
    } else {
      experts(prefix, decoder.mlp().experts().orElseThrow(), decoder.hiddenSize());
    }
  }

  private void experts(String prefix, Experts experts, int hidden) {
    required.put(prefix + experts.router(), List.of((long) experts.count(), (long) hidden));
    for (int expert = 0; expert < experts.count(); expert++) {
      parts(prefix, experts.gate(expert), hidden, false);
      parts(prefix, experts.up(expert), hidden, false);
      parts(prefix, experts.down(expert, hidden), experts.inner(), false);
    }
  }

  private void norm(String name, DecoderConfig decoder) {
    projection(
        name, List.of((long) decoder.hiddenSize()), decoder.norms().kind() == Norms.Kind.LAYER);
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
      boolean asRows = part.order() == StoredMatrix.Order.ROWS;
      List<Long> before = required.getOrDefault(prefix + part.weight(), List.of(0L, 0L));
      long rows = Math.max(before.get(asRows ? 0 : 1), part.end());
      required.put(
          prefix + part.weight(), asRows ? List.of(rows, columns) : List.of(columns, rows));
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

  /** The shape of a matrix of a layer; empty where the name is that of something else. */
  Optional<List<Long>> layerMatrix(String name) {
    return shape(name)
        .filter(shape -> shape.size() == 2)
        .filter(shape -> name.startsWith(layers) && name.endsWith(".weight"));
  }

  /**
   * Stored by some writers, read by no model: rotary tables and masks, which follow from the
   * configuration, and the language model's head that a classifier was made from.
   */
  boolean leftOver(String name) {
    return unread.test(name) || lmHeadLeftOver && (name.equals(LM_HEAD) || name.equals(NEOX_HEAD));
  }
}
