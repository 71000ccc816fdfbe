package io.touchstone.selection;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Weights that makers of attribute models published for one score out of several attributes. */
public enum ScalarPreset {
  /** The model card of nvidia/Llama3-70B-SteerLM-RM: [0, 0, 0, 0, 0.65, 0.8, 0.45, 0.55, -0.4]. */
  LLAMA3_70B_STEERLM(
      "0.65*helpfulness + 0.8*correctness + 0.45*coherence + 0.55*complexity - 0.4*verbosity"),

  /**
   * The model card of nvidia/Nemotron-4-340B-Reward: [0, 0, 0, 0, 0.3, 0.74, 0.46, 0.47, -0.33].
   */
  NEMOTRON_4_340B(
      "0.3*helpfulness + 0.74*correctness + 0.46*coherence + 0.47*complexity - 0.33*verbosity");

  private final String formula;

  ScalarPreset(String formula) {
    this.formula = formula;
  }

  /** What a user types. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All that a user may type. */
  public static String words() {
    return Arrays.stream(values()).map(ScalarPreset::word).collect(Collectors.joining(" or "));
  }

  public String formula() {
    return formula;
  }

  /** The formula that a user means: a preset's if the text is its word, else the text itself. */
  public static String resolve(String text) {
    return Arrays.stream(values())
        .filter(preset -> preset.word().equals(text))
        .map(ScalarPreset::formula)
        .findFirst()
        .orElse(text);
  }
}
