package io.touchstone.checkpoint.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.checkpoint.config.DecoderReader;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.HybridLayers;
import io.touchstone.checkpoint.config.Mixer;
import io.touchstone.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@link HybridLayers} from the {@code config.json} of a {@code nemotron_h} as transformers
 * 5.23.0 does ({@code NemotronHConfig}), with the older names of its fields before the newer. What
 * that version does not use and others do must ask for nothing.
 *
 * @param config whose problems are those of the sizes
 */
record HybridReader(Fields config) {
  private static final String PATTERN = "hybrid_override_pattern";
  private static final List<String> LISTS = List.of("layers_block_type", "layer_types");
  private static final List<String> LIMITS = List.of("time_step_limit", "mamba_dt_limit");
  private static final String NO_EXPERTS =
      " only, as layers of a mixture of experts are not supported";

  /** More than any convolution sees. */
  private static final int MOST_KERNEL = 64;

  /** The most channels of a layer: their number, and that of their states, is an int. */
  private static final int MOST = 1 << 20;

  /** Published files say that steps have no upper limit by a number that is no JSON. */
  static boolean mayHoldInfinities(JsonNode root) {
    if (!root.isObject() || !root.path("model_type").asText().equals("nemotron_h")) {
      return false;
    }
    ObjectNode others = ((ObjectNode) root).deepCopy();
    others.remove(LIMITS);
    return finite(others);
  }

  private static boolean finite(JsonNode node) {
    if (node.isFloatingPointNumber()) {
      return Double.isFinite(node.doubleValue());
    }
    for (JsonNode inner : node) {
      if (!finite(inner)) {
        return false;
      }
    }
    return true;
  }

  HybridLayers read() {
    List<Mixer> mixers = mixers();
    HybridLayers.Mamba mamba = mamba();
    activations();
    epsilon();
    steps();
    unused();
    return new HybridLayers(mixers.isEmpty() ? List.of(Mixer.MLP) : mixers, mamba);
  }

  private List<Mixer> mixers() {
    List<String> given = new ArrayList<>(LISTS.stream().filter(config::given).toList());
    if (config.given(PATTERN)) {
      given.add(PATTERN);
    }
    if (given.isEmpty()) {
      config.expected(PATTERN, "the kinds of the layers, there or in layers_block_type", "none");
      return List.of();
    }
    List<Mixer> first = mixers(given.get(0));
    for (String other : given.subList(1, given.size())) {
      List<Mixer> mixers = mixers(other);
      if (!mixers.equals(first) && !mixers.isEmpty() && !first.isEmpty()) {
        config.expected(other, "the layers of " + given.get(0), "others");
      }
    }
    return first;
  }

  /** Empty when it was reported. */
  private List<Mixer> mixers(String key) {
    List<String> kinds = new ArrayList<>();
    if (key.equals(PATTERN)) {
      config.get(key).asText().chars().forEach(c -> kinds.add(String.valueOf((char) c)));
    } else {
      config.get(key).forEach(kind -> kinds.add(kind.asText()));
    }
    if (kinds.isEmpty() || kinds.size() > DecoderReader.MAX_LAYERS) {
      config.expected(
          key,
          (key.equals(PATTERN) ? "a letter" : "a word") + " for each of 1 to 10000 layers",
          kinds.isEmpty() ? Fields.shown(config.get(key)) : kinds.size() + " of them");
      return List.of();
    }
    List<Mixer> mixers = new ArrayList<>();
    for (String kind : kinds) {
      Optional<Mixer> mixer = key.equals(PATTERN) ? Mixer.of(kind.charAt(0)) : Mixer.of(kind);
      if (mixer.isEmpty()) {
        config.expected(
            key,
            key.equals(PATTERN)
                ? "M, * and -" + NO_EXPERTS
                : "mamba, attention and mlp" + NO_EXPERTS,
            "%s in layer %d".formatted(name(kind), mixers.size()));
        return List.of();
      }
      mixers.add(mixer.get());
    }
    return mixers;
  }

  private static String name(String kind) {
    boolean experts = kind.equals(String.valueOf(Mixer.EXPERTS)) || kind.equals(Mixer.EXPERTS_WORD);
    return Problem.shown(kind) + (experts ? ", a mixture of experts," : "");
  }

  private HybridLayers.Mamba mamba() {
    int heads = size("mamba_num_heads", 128);
    int headDim = size("mamba_head_dim", 64);
    String groupsKey = key("n_groups", "mamba_n_groups");
    int groups = size(groupsKey, 8);
    int state = size("ssm_state_size", 128);
    String kernelKey = key("conv_kernel", "mamba_d_conv");
    int kernel = config.has(kernelKey) ? config.countUpTo(kernelKey, MOST_KERNEL).orElse(1) : 4;
    if (heads % groups != 0 && config.problems().isEmpty()) {
      config.expected(groupsKey, "a divisor of the " + heads + " Mamba heads", "" + groups);
    }
    if ((long) heads * headDim > MOST || (long) groups * state > MOST) {
      config.expected(
          "mamba_num_heads", "at most " + MOST + " channels of Mamba heads and groups", "more");
      return new HybridLayers.Mamba(1, 1, 1, 1, 1, false, false, 1);
    }
    return new HybridLayers.Mamba(
        heads,
        headDim,
        groups,
        state,
        kernel,
        config.flag("use_bias"),
        config.flag(key("use_conv_bias", "mamba_conv_bias"), true),
        config.positive(key("time_step_min", "mamba_dt_min"), 0.001));
  }

  private int size(String key, int absent) {
    return config.has(key) ? config.countUpTo(key, MOST).orElse(1) : absent;
  }

  /** The name of a field where an older one has the last word. */
  private String key(String name, String older) {
    return config.has(older) ? older : name;
  }

  private void activations() {
    only("mlp_hidden_act", "relu2");
    only("mamba_hidden_act", "silu");
  }

  private void only(String key, String word) {
    if (config.has(key) && !config.get(key).asText().equals(word)) {
      config.expected(key, word);
    }
  }

  /** Published files have both names; transformers reads the first one. */
  private void epsilon() {
    JsonNode read = config.get("layer_norm_epsilon");
    double eps = read.isNumber() ? read.doubleValue() : 1e-5;
    if (config.given("rms_norm_eps") && config.get("rms_norm_eps").asDouble() != eps) {
      config.expected("rms_norm_eps", "the layer_norm_epsilon of " + eps);
    }
    JsonNode dim = config.get("head_dim");
    if (config.given("attention_head_dim")
        && dim.isNumber()
        && dim.intValue() != config.get("attention_head_dim").intValue()) {
      config.expected("attention_head_dim", "the head_dim of " + dim);
    }
  }

  /**
   * Other limits would hold for prompts alone, or for each token: programs do not agree. An
   * infinity may be bare, which is no JSON, or an object, as transformers 5 writes it.
   */
  private void steps() {
    String key = key(LIMITS.get(0), LIMITS.get(1));
    if (!config.given(key)) {
      return;
    }
    JsonNode limit = config.get(key);
    JsonNode most = limit.path(1);
    boolean infinite =
        most.isNumber()
            ? most.doubleValue() == Double.POSITIVE_INFINITY
            : most.path("__float__").asText().equals("Infinity");
    boolean open =
        limit.size() == 2
            && limit.path(0).isNumber()
            && limit.path(0).doubleValue() == 0
            && infinite;
    if (!open) {
      config.expected(key, "[0.0, Infinity]", Problem.shown(limit.toString()));
    }
  }

  private void unused() {
    for (String key : List.of("attention_bias", "mamba_proj_bias", "tie_word_embeddings")) {
      if (config.flag(key)) {
        config.expected(key, "false, as transformers 5.23 takes it whatever stands here");
      }
    }
    if (config.given("sliding_window")) {
      config.expected("sliding_window", "null, as transformers 5.23 takes it");
    }
    only("mamba_ssm_cache_dtype", "float32");
  }
}
