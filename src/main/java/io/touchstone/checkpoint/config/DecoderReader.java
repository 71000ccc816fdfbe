package io.touchstone.checkpoint.config;

import java.util.Optional;

/**
 * Reads {@link DecoderConfig} from {@code config.json}.
 *
 * @param config whose problems are none yet
 */
record DecoderReader(Fields config, Family family, FamilyDefaults defaults) {
  /** More than any published decoder has; bounds the list of tensors that is expected. */
  static final int MAX_LAYERS = 10_000;

  /**
   * Stand-ins take the place of values that were reported.
   *
   * @param rotary fields of the same object, whose problems leave the shapes known
   */
  DecoderConfig read(Fields rotary, int maxPositionEmbeddings) {
    Optional<HybridLayers> hybrid =
        family == Family.NEMOTRON_H
            ? Optional.of(new HybridReader(config).read())
            : Optional.empty();
    int layers = hybrid.map(kinds -> kinds.mixers().size()).orElseGet(this::layers);
    int hiddenSize = config.count("hidden_size", FamilyDefaults.HIDDEN_SIZE);
    int heads = config.count("num_attention_heads", FamilyDefaults.HEADS);
    int headDim = headDim(hiddenSize, heads);
    return new DecoderConfig(
        family,
        hiddenSize,
        config.count("intermediate_size", defaults.intermediateSize()),
        layers,
        heads,
        kvHeads(heads),
        headDim,
        config.count("vocab_size", defaults.vocabSize()),
        config.positive(defaults.normEpsKey(), defaults.normEps()),
        attentionBias(),
        (family == Family.LLAMA || family == Family.NEMOTRON_H) && config.flag("mlp_bias"),
        family == Family.QWEN3,
        config.flag("tie_word_embeddings"),
        hybrid.isPresent()
            ? new Rotary.None()
            : RotaryReader.read(rotary, maxPositionEmbeddings, headDim),
        maxPositionEmbeddings,
        new WindowReader(config, family, layers).read(),
        hybrid);
  }

  private int layers() {
    String key = "num_hidden_layers";
    return config.has(key) ? config.countUpTo(key, MAX_LAYERS).orElse(1) : FamilyDefaults.LAYERS;
  }

  /** Whether sizes can be held against each other. */
  private boolean noStandIns() {
    return config.problems().isEmpty();
  }

  private int kvHeads(int heads) {
    String key = "num_key_value_heads";
    // MistralConfig alone has no null here.
    boolean byHeads =
        config.has(key)
            ? config.get(key).isNull() && family != Family.MISTRAL
            : defaults.kvHeads() == 0;
    int standIn = defaults.kvHeads() == 0 ? heads : defaults.kvHeads();
    int kvHeads = byHeads ? heads : config.count(key, standIn);
    if (heads % kvHeads != 0 && noStandIns()) {
      config.expected(key, "a divisor of the " + heads + " attention heads", "" + kvHeads);
    }
    return kvHeads;
  }

  private int headDim(int hiddenSize, int heads) {
    int headDim;
    // Where transformers has a number or an undefined attribute for it, null is an error there too.
    boolean nullable = family == Family.LLAMA || family == Family.MISTRAL;
    String key = headDimKey();
    if (config.has(key) && !(nullable && config.get(key).isNull())) {
      headDim = config.count(key, 2);
    } else if (defaults.headDim() > 0) {
      headDim = defaults.headDim();
    } else if (hiddenSize % heads != 0 && noStandIns()) {
      config.expected(
          "hidden_size",
          "a multiple of the " + heads + " attention heads, as head_dim is not given",
          "" + hiddenSize);
      return 2;
    } else {
      headDim = hiddenSize / heads;
    }
    if (headDim % 2 != 0 && (config.given(key) || noStandIns())) {
      config.expected(key, "an even number, as rotary embeddings need", "" + headDim);
    }
    return headDim;
  }

  private String headDimKey() {
    String first = "attention_head_dim";
    return family == Family.NEMOTRON_H && config.has(first) && !config.has("head_dim")
        ? first
        : "head_dim";
  }

  private AttentionBias attentionBias() {
    return switch (family) {
      case LLAMA, QWEN3 -> config.flag("attention_bias") ? AttentionBias.ALL : AttentionBias.NONE;
      case MISTRAL, NEMOTRON_H -> AttentionBias.NONE;
      case QWEN2 -> AttentionBias.INPUTS;
    };
  }
}
