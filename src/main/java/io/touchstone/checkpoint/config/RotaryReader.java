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
record RotaryReader(
    Fields config, Fields rope, int maxPositionEmbeddings, int headDim, RotaryWays ways) {
  private static final double BETA_FAST = 32;
  private static final double BETA_SLOW = 1;

  private static final String ORIGINAL = "original_max_position_embeddings";
  private static final String PARTIAL = "partial_rotary_factor";

  /** Whole heads turned alike in all layers. */
  static Rotary read(Fields config, int maxPositionEmbeddings, int headDim) {
    return of(config, maxPositionEmbeddings, headDim, RotaryWays.USUAL).read(headDim);
  }

  /** All layers alike, as a family has it. */
  static RotaryLayers read(Fields config, DecoderSizes sizes, RotaryWays ways) {
    RotaryReader reader = of(config, sizes.maxPositionEmbeddings(), sizes.headDim(), ways);
    int turned = reader.turned();
    Rotary rotary = reader.read(turned);
    return new RotaryLayers(rotary, rotary, turned);
  }

  private static RotaryReader of(
      Fields config, int maxPositionEmbeddings, int headDim, RotaryWays ways) {
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
    return new RotaryReader(config, rope, maxPositionEmbeddings, headDim, ways);
  }

  /** One set of settings, for whole heads. */
  static Rotary read(Fields config, Fields rope, int maxPositionEmbeddings, int headDim) {
    return new RotaryReader(config, rope, maxPositionEmbeddings, headDim, RotaryWays.USUAL)
        .read(headDim);
  }

  /** Numbers of a head that are turned. */
  private int turned() {
    Fields fields = rope.has(PARTIAL) ? rope : config;
    String key = rope.has(PARTIAL) ? PARTIAL : ways.shareKey();
    double share = fields.given(key) ? fields.positive(key) : ways.share().orElse(1);
    int turned = (int) (headDim * share);
    if (turned < 2 || turned > headDim || turned % 2 != 0) {
      fields.expected(key, "a share of a head's %d numbers that is even".formatted(headDim));
      return headDim;
    }
    return turned;
  }

  /**
   * @param turned numbers of a head
   */
  private Rotary read(int turned) {
    Fields partial = rope.has(PARTIAL) ? rope : config;
    if (ways.share().isEmpty() && partial.given(PARTIAL) && partial.get(PARTIAL).asDouble() != 1) {
      partial.expected(PARTIAL, "1");
    }
    double theta =
        rope.has("rope_theta")
            ? rope.positive("rope_theta")
            : config.positive(ways.thetaKey(), ways.theta());
    String key = rope.has("rope_type") || !rope.has("type") ? "rope_type" : "type";
    JsonNode type = rope.get(key);
    String name = type.isMissingNode() ? "default" : type.asText();
    if (!ways.types().contains(name)) {
      rope.expected(key, ways.typesTold(), Problem.shown(name));
      return new Rotary.Default(theta);
    }
    if (ways.longRope().contains(name)) {
      return longRope(theta, turned);
    }
    switch (name) {
      case "linear":
        return new Rotary.Linear(theta, rope.positive("factor"));
      case "llama3":
        return llama3(theta);
      case "yarn":
        return yarn(theta);
      case "dynamic":
        return new Rotary.Dynamic(theta, rope.positive("factor"), maxPositionEmbeddings);
      default:
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
    Fields fields = config.has(ORIGINAL) || ways.original().isPresent() ? config : rope;
    return fields.count(ORIGINAL, ways.original().orElse(maxPositionEmbeddings));
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

  private Rotary longRope(double theta, int turned) {
    List<Double> shorts = factors("short_factor", turned);
    List<Double> longs = factors("long_factor", turned);
    double attention =
        rope.given("attention_factor")
            ? rope.positive("attention_factor")
            : Rotary.LongRope.attentionFactor(factor(true), original());
    return new Rotary.LongRope(theta, shorts, longs, attention, original());
  }

  private List<Double> factors(String name, int turned) {
    List<Double> factors = new ArrayList<>();
    for (JsonNode factor : rope.get(name)) {
      if (factor.isNumber() && factor.doubleValue() > 0) {
        factors.add(factor.doubleValue());
      }
    }
    if (factors.size() != turned / 2 || rope.get(name).size() != factors.size()) {
      rope.expected(
          name,
          "a list of " + turned / 2 + " positive numbers, one for each pair of a head's rows",
          rope.get(name).isArray() ? "a list of " + rope.get(name).size() : "none");
    }
    return factors;
  }
}
