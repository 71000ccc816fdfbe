package io.touchstone.checkpoint.config;

import io.touchstone.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads what decoders of all families have in their {@code config.json}. Stand-ins take the place
 * of values that were reported.
 *
 * @param sizes the fields, whose problems leave the shapes unknown; none of them yet
 * @param config the same fields, whose problems leave the shapes known
 */
public record DecoderReader(Fields sizes, Fields config) {
  /** More than any published decoder has; bounds the list of tensors that is expected. */
  public static final int MAX_LAYERS = 10_000;

  public static final double ROPE_THETA = 10_000;

  private static final String KV_HEADS = "num_key_value_heads";
  private static final String HEAD_DIM = "head_dim";

  /**
   * Sizes that a configuration may have as null, which stands for what follows from others. Where
   * transformers has a number or an undefined attribute for it, null is an error there too.
   */
  public enum Nullable {
    KV_HEADS,
    HEAD_DIM
  }

  /**
   * A decoder of Llama's arithmetic, without biases, by the usual names of its settings.
   *
   * @param absent the sizes that transformers takes where there are none
   */
  public DecoderConfig read(DecoderSizes absent, Set<Nullable> nullable) {
    return read(sizes(absent, nullable), sizes.positive("rms_norm_eps", 1e-6));
  }

  /** The same with sizes that were read by other names. */
  public DecoderConfig read(DecoderSizes read, double eps) {
    return DecoderConfig.of(read, sizes.flag("tie_word_embeddings"), eps, rotary(read));
  }

  /** The one set of angles of all layers. */
  public Rotary rotary(DecoderSizes read) {
    return RotaryReader.read(config, read.maxPositionEmbeddings(), read.headDim());
  }

  /**
   * Angles of their own for layers with a window: {@code rope_parameters} by kind of layer, or in
   * older files {@code rope_scaling} for the layers without one.
   *
   * @param slidingTheta where the base of those with a window stands in older files
   * @param absentFull the base where none is given
   * @param absentSliding the same of layers with a window
   */
  public RotaryLayers rotaryByKind(
      DecoderSizes read, String slidingTheta, double absentFull, double absentSliding) {
    RotaryKinds kinds = new RotaryKinds(config, read);
    return new RotaryLayers(
        kinds.read("full_attention", "rope_theta", absentFull),
        kinds.read("sliding_attention", slidingTheta, absentSliding),
        read.headDim());
  }

  public DecoderSizes sizes(DecoderSizes absent, Set<Nullable> nullable) {
    int layers = layers(absent.layers());
    int hiddenSize = sizes.count("hidden_size", absent.hiddenSize());
    int heads = sizes.count("num_attention_heads", absent.heads());
    int headDim =
        headDim(
            HEAD_DIM, hiddenSize, heads, absent.headDim(), nullable.contains(Nullable.HEAD_DIM));
    return new DecoderSizes(
        hiddenSize,
        sizes.count("intermediate_size", absent.intermediateSize()),
        layers,
        heads,
        kvHeads(heads, absent.kvHeads(), nullable.contains(Nullable.KV_HEADS)),
        headDim,
        sizes.count("vocab_size", absent.vocabSize()),
        config.count("max_position_embeddings", absent.maxPositionEmbeddings()));
  }

  private int layers(int absent) {
    String key = "num_hidden_layers";
    return sizes.has(key) ? sizes.countUpTo(key, MAX_LAYERS).orElse(1) : absent;
  }

  /** Whether sizes can be held against each other. */
  private boolean noStandIns() {
    return sizes.problems().isEmpty();
  }

  /**
   * @param absent 0 for as many as there are heads
   */
  public int kvHeads(int heads, int absent, boolean nullable) {
    boolean byHeads = sizes.has(KV_HEADS) ? sizes.get(KV_HEADS).isNull() && nullable : absent == 0;
    int kvHeads = byHeads ? heads : sizes.count(KV_HEADS, absent == 0 ? heads : absent);
    if (heads % kvHeads != 0 && noStandIns()) {
      sizes.expected(KV_HEADS, "a divisor of the " + heads + " attention heads", "" + kvHeads);
    }
    return kvHeads;
  }

  /**
   * @param key where it stands
   * @param absent 0 for what follows from the hidden size
   */
  public int headDim(String key, int hiddenSize, int heads, int absent, boolean nullable) {
    int headDim;
    if (sizes.has(key) && !(nullable && sizes.get(key).isNull())) {
      headDim = sizes.count(key, 2);
    } else if (absent > 0) {
      headDim = absent;
    } else if (hiddenSize % heads != 0 && noStandIns()) {
      sizes.expected(
          "hidden_size",
          "a multiple of the " + heads + " attention heads, as head_dim is not given",
          "" + hiddenSize);
      return 2;
    } else {
      headDim = hiddenSize / heads;
    }
    if (headDim % 2 != 0 && (sizes.given(key) || noStandIns())) {
      sizes.expected(key, "an even number, as rotary embeddings need", "" + headDim);
    }
    return headDim;
  }

  /** All of attention's biases, or none. */
  public AttentionBias attentionBias() {
    return sizes.flag("attention_bias") ? AttentionBias.ALL : AttentionBias.NONE;
  }

  /**
   * What the MLP's inner numbers pass.
   *
   * @param allowed those that transformers' class takes and that are known; the first one where the
   *     configuration has none
   */
  public Activation activation(String key, Activation... allowed) {
    if (!config.has(key)) {
      return allowed[0];
    }
    String word = config.get(key).asText();
    List<Activation> known = Arrays.asList(allowed);
    return known.stream()
        .filter(each -> each.words().contains(word))
        .findFirst()
        .orElseGet(
            () -> {
              config.expected(
                  key,
                  known.stream()
                      .map(each -> each.words().get(0))
                      .collect(Collectors.joining(" or ")),
                  Problem.shown(word));
              return allowed[0];
            });
  }
}
