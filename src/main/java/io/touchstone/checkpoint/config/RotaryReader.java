package io.touchstone.checkpoint.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads {@link Rotary} from either style of {@code config.json}, with the precedence of
 * transformers 5.23.0 ({@code RotaryEmbeddingConfigMixin}): a {@code rope_scaling} that says
 * anything stands before {@code rope_parameters}; {@code rope_theta} and {@code
 * partial_rotary_factor} within it before those beside it; but {@code
 * original_max_position_embeddings} beside it before the one within.
 *
 * @param rope the settings within; none where there are none
 */
record RotaryReader(Fields config, Fields rope, int maxPositionEmbeddings, int headDim) {
  private static final double BETA_FAST = 32;
  private static final double BETA_SLOW = 1;

  private static final String ORIGINAL = "original_max_position_embeddings";
  private static final String PARTIAL = "partial_rotary_factor";

  static Rotary read(Fields config, int maxPositionEmbeddings, int headDim) {
    boolean scaling = config.given("rope_scaling") && !config.get("rope_scaling").isEmpty();
    String key = scaling ? "rope_scaling" : "rope_parameters";
    JsonNode settings = config.get(key);
    if (config.given(key) && !settings.isObject()) {
      config.expected(key, "an object");
    }
    Fields rope = config.in(key);
    for (Map.Entry<String, JsonNode> setting : settings.properties()) {
      if (setting.getValue().isObject()) {
        rope.expected(
            Problem.shown(setting.getKey()),
            "one set of rotary settings for all layers",
            "an object");
        break;
      }
    }
    return new RotaryReader(config, rope, maxPositionEmbeddings, headDim).read();
  }

  /** One set of settings. */
  static Rotary read(Fields config, Fields rope, int maxPositionEmbeddings, int headDim) {
    return new RotaryReader(config, rope, maxPositionEmbeddings, headDim).read();
  }

  private Rotary read() {
    Fields partial = rope.has(PARTIAL) ? rope : config;
    if (partial.given(PARTIAL) && partial.get(PARTIAL).asDouble() != 1) {
      partial.expected(PARTIAL, "1");
    }
    double theta =
        rope.has("rope_theta")
            ? rope.positive("rope_theta")
            : config.positive("rope_theta", DecoderReader.ROPE_THETA);
    String key = rope.has("rope_type") || !rope.has("type") ? "rope_type" : "type";
    JsonNode type = rope.get(key);
    String name = type.isMissingNode() ? "default" : type.asText();
    switch (name) {
      case "default":
        return new Rotary.Default(theta);
      case "linear":
        return new Rotary.Linear(theta, rope.positive("factor"));
      case "llama3":
        return llama3(theta);
      case "yarn":
        return yarn(theta);
      case "dynamic":
        return new Rotary.Dynamic(theta, rope.positive("factor"), maxPositionEmbeddings);
      case "longrope":
        return longRope(theta);
      default:
        rope.expected(
            key, "default, linear, llama3, yarn, dynamic or longrope", Problem.shown(name));
        return new Rotary.Default(theta);
    }
  }

  private Rotary llama3(double theta) {
    double low = rope.positive("low_freq_factor");
    double high = rope.positive("high_freq_factor");
    if (high <= low && rope.has("low_freq_factor") && rope.has("high_freq_factor")) {
      rope.expected("high_freq_factor", "more than low_freq_factor " + low, "" + high);
    }
    return new Rotary.Llama3(theta, rope.positive("factor"), low, high, original());
  }

  private int original() {
    return (config.has(ORIGINAL) ? config : rope).count(ORIGINAL, maxPositionEmbeddings);
  }

  /** A factor that is null, or for LongRoPE missing, is the quotient of the two lengths. */
  private double factor(boolean optional) {
    boolean byLengths = optional ? !rope.given("factor") : rope.get("factor").isNull();
    return byLengths ? (double) maxPositionEmbeddings / original() : rope.positive("factor");
  }

  private Rotary yarn(double theta) {
    double factor = factor(false);
    double given = number("attention_factor", 0);
    double mscale = number("mscale", 0);
    double mscaleAllDim = number("mscale_all_dim", 0);
    double attention =
        rope.given("attention_factor")
            ? given
            : Rotary.Yarn.attentionFactor(factor, mscale, mscaleAllDim);
    boolean truncate = !rope.has("truncate") || rope.flag("truncate");
    return new Rotary.Yarn(
        theta,
        factor,
        attention,
        number("beta_fast", BETA_FAST),
        number("beta_slow", BETA_SLOW),
        original(),
        truncate);
  }

  private double number(String name, double absent) {
    return rope.given(name) ? rope.positive(name) : absent;
  }

  private Rotary longRope(double theta) {
    List<Double> shorts = factors("short_factor");
    List<Double> longs = factors("long_factor");
    double attention =
        rope.given("attention_factor")
            ? rope.positive("attention_factor")
            : Rotary.LongRope.attentionFactor(factor(true), original());
    return new Rotary.LongRope(theta, shorts, longs, attention, original());
  }

  private List<Double> factors(String name) {
    List<Double> factors = new ArrayList<>();
    for (JsonNode factor : rope.get(name)) {
      if (factor.isNumber() && factor.doubleValue() > 0) {
        factors.add(factor.doubleValue());
      }
    }
    if (factors.size() != headDim / 2 || rope.get(name).size() != factors.size()) {
      rope.expected(
          name,
          "a list of " + headDim / 2 + " positive numbers, one for each pair of a head's rows",
          rope.get(name).isArray() ? "a list of " + rope.get(name).size() : "none");
    }
    return factors;
  }
}
