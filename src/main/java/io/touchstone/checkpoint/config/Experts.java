package io.touchstone.checkpoint.config;

import java.util.Set;

/**
 * Gated MLPs of which each token passes some, in the place of a layer's one: a router's product,
 * softmax over all of them, the largest, weighed by their probabilities (transformers 5.23.0,
 * {@code Qwen3MoeSparseMoeBlock}, {@code MixtralSparseMoeBlock}).
 *
 * @param chosen how many each token passes; at most {@code count}
 * @param inner numbers of each
 * @param renormalised whether the probabilities of the chosen are divided by their sum
 * @param dense layers that have one MLP all the same
 */
public record Experts(
    int count, int chosen, int inner, boolean renormalised, Set<Integer> dense, Names names) {
  /** As many as any published model has, or more. */
  private static final int MOST = 4_096;

  /** Bounds the list of tensors that is expected. */
  private static final int MOST_OF_ALL_LAYERS = 1 << 17;

  /**
   * Names of a layer's tensors.
   *
   * @param each what an expert's begin with, before its number
   */
  public record Names(String router, String each, String gate, String up, String down) {}

  public Experts {
    dense = Set.copyOf(dense);
  }

  /** Whether a layer has them. */
  public boolean in(int layer) {
    return !dense.contains(layer);
  }

  /** The router's matrix, [count, hidden size]. */
  public String router() {
    return names.router + ".weight";
  }

  /** Where an expert's matrix is stored. */
  public StoredMatrix gate(int expert) {
    return StoredMatrix.whole(names.each + expert + names.gate, inner);
  }

  /** Where an expert's matrix is stored. */
  public StoredMatrix up(int expert) {
    return StoredMatrix.whole(names.each + expert + names.up, inner);
  }

  /** Where an expert's matrix is stored. */
  public StoredMatrix down(int expert, int hiddenSize) {
    return StoredMatrix.whole(names.each + expert + names.down, hiddenSize);
  }

  /**
   * How many there are.
   *
   * @param key where it stands
   * @param layers of the decoder
   */
  public static int count(Fields sizes, String key, int layers, int absent) {
    int count = sizes.has(key) ? sizes.countUpTo(key, MOST).orElse(1) : absent;
    if ((long) count * layers > MOST_OF_ALL_LAYERS) {
      sizes.expected(key, "at most " + MOST_OF_ALL_LAYERS + " in all layers");
      return 1;
    }
    return count;
  }

  /** How many of them a token passes. */
  public static int chosen(Fields sizes, int count, int absent) {
    String key = "num_experts_per_tok";
    int chosen = sizes.count(key, absent);
    if (chosen > count) {
      sizes.expected(key, "at most the " + count + " experts", "" + chosen);
      return 1;
    }
    return chosen;
  }
}
