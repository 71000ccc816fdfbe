package io.touchstone.checkpoint.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A network that weighs a model's objectives by what was asked: ReLU layers over the normed state
 * of the token at which the last answer's header begins, a softmax of their outputs over the
 * temperature, times {@link #SCALE}. The score is the sum of these weights times the objectives,
 * turned by {@link #TRANSFORM} (RLHFlow's modeling_custom.py, as ArmoRM-Llama3-8B-v0.1 has it).
 *
 * @param layers of which the last one has an output per objective
 */
public record Gate(List<HeadLayer> layers, double temperature) {
  /** A factor of all weights, [1]. */
  public static final String SCALE = "gating.logit_scale";

  /** What objectives are multiplied by, [objectives, objectives]. */
  public static final String TRANSFORM = "reward_transform_matrix";

  /** At whose first token the gate reads, where it comes last in a prompt. */
  public static final String HEADER = "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n";

  /** Of the published model, as its card lists them. */
  private static final List<String> OBJECTIVES =
      List.of(
          "helpsteer-helpfulness",
          "helpsteer-correctness",
          "helpsteer-coherence",
          "helpsteer-complexity",
          "helpsteer-verbosity",
          "ultrafeedback-overall_score",
          "ultrafeedback-instruction_following",
          "ultrafeedback-truthfulness",
          "ultrafeedback-honesty",
          "ultrafeedback-helpfulness",
          "beavertails-is_safe",
          "prometheus-score",
          "argilla-overall_quality",
          "argilla-judge_lm",
          "code-complexity",
          "code-style",
          "code-explanation",
          "code-instruction-following",
          "code-readability");

  public Gate {
    layers = List.copyOf(layers);
  }

  /**
   * @param objectives as many as the regression layer has outputs
   */
  static Gate read(Fields config, int objectives) {
    int hidden = config.count("gating_hidden_dim", 1024);
    int last =
        config.has("gating_n_hidden") ? config.countUpTo("gating_n_hidden", 64).orElse(1) : 3;
    List<HeadLayer> layers = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      layers.add(
          HeadLayer.of(
              "gating.layers." + i, i < last ? hidden : objectives, HeadLayer.Bias.ALWAYS));
    }
    return new Gate(layers, config.positive("gating_temperature", 10));
  }

  /** The published names where there are as many objectives, else numbers. */
  static List<String> objectives(int count) {
    return count == OBJECTIVES.size()
        ? OBJECTIVES
        : IntStream.range(0, count).mapToObj(i -> "objective_" + i).toList();
  }
}
