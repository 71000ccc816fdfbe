package io.touchstone.checkpoint.config;

/**
 * What transformers 5.23.0 takes for keys that {@code config.json} lacks ({@code LlamaConfig},
 * {@code MistralConfig}, {@code Qwen2Config}, {@code Qwen3Config}).
 *
 * <p>Alike in all four: {@code hidden_size} 4096, 32 layers, 32 heads, {@code rms_norm_eps} 1e-6,
 * {@code rope_theta} 10000, embeddings not tied, no biases but Qwen2's fixed ones.
 *
 * @param kvHeads 0 where it is the number of heads
 * @param headDim 0 where it is {@code hidden_size / heads}
 */
record FamilyDefaults(
    int vocabSize, int intermediateSize, int kvHeads, int headDim, int maxPositionEmbeddings) {
  static final int HIDDEN_SIZE = 4096;
  static final int LAYERS = 32;
  static final int HEADS = 32;
  static final double RMS_NORM_EPS = 1e-6;
  static final double ROPE_THETA = 10_000;

  static FamilyDefaults of(Family family) {
    return switch (family) {
      case LLAMA -> new FamilyDefaults(32_000, 11_008, 0, 0, 2_048);
      case MISTRAL -> new FamilyDefaults(32_000, 14_336, 8, 0, 131_072);
      case QWEN2 -> new FamilyDefaults(151_936, 22_016, 32, 0, 32_768);
      case QWEN3 -> new FamilyDefaults(151_936, 22_016, 32, 128, 32_768);
    };
  }
}
