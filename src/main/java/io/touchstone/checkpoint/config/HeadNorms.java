package io.touchstone.checkpoint.config;

/**
 * Norms of queries and keys, before positions turn them: names of tensors of a layer.
 *
 * @param query its weights
 * @param key its weights
 */
public record HeadNorms(String query, String key, Extent extent) {

  /** What is normed together. */
  public enum Extent {
    /** Each head by itself, with the same weights: [head size]. */
    HEAD,
    /** All heads, as one vector: [heads * head size]. */
    ALL_HEADS
  }

  /** Under the names that they usually have. */
  public static HeadNorms of(Extent extent) {
    return new HeadNorms("self_attn.q_norm", "self_attn.k_norm", extent);
  }
}
