package io.touchstone.checkpoint.config;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What a layer of a hybrid is, behind its norm. */
public enum Mixer {
  MAMBA('M', Set.of("linear_attention", "mamba")),
  ATTENTION('*', Set.of("full_attention", "attention")),
  MLP('-', Set.of("mlp"));

  /** Those of a mixture of experts, which are not computed. */
  public static final char EXPERTS = 'E';

  public static final String EXPERTS_WORD = "moe";

  private final char letter;
  private final Set<String> words;

  Mixer(char letter, Set<String> words) {
    this.letter = letter;
    this.words = words;
  }

  /** As {@code hybrid_override_pattern} writes it. */
  public static Optional<Mixer> of(char letter) {
    return Arrays.stream(values()).filter(mixer -> mixer.letter == letter).findFirst();
  }

  /** As {@code layers_block_type} and {@code layer_types} write it. */
  public static Optional<Mixer> of(String word) {
    return Arrays.stream(values()).filter(mixer -> mixer.words.contains(word)).findFirst();
  }
}
