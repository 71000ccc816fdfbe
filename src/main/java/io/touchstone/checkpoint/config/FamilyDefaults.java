package io.touchstone.checkpoint.config;

/**
 * What transformers 5.23.0 takes for keys that {@code config.json} lacks ({@code LlamaConfig},
 * {@code MistralConfig}, {@code Qwen2Config}, {@code Qwen3Config}, {@code NemotronHConfig}).
 *
 * <p>Alike in all five: {@code hidden_size} 4096, 32 heads, embeddings not tied, no biases but
 * Qwen2's fixed ones; in the four of like layers 32 of them and {@code rope_theta} 10000.
 *
 * @param kvHeads 0 where it is the number of heads
 * @param headDim 0 where it is {@code hidden_size / heads}
 * @param normEpsKey under which the norms' epsilon stands
 */
record FamilyDefaults(
    int vocabSize,
    int intermediateSize,
    int kvHeads,
    int headDim,
    int maxPositionEmbeddings,
    String normEpsKey,
    double normEps) {
  static final int HIDDEN_SIZE = 4096;
  static final int LAYERS = 32;
  static final int HEADS = 32;
  private static final String RMS_NORM_EPS = "rms_norm_eps";
  static final double ROPE_THETA = 10_000;

  static FamilyDefaults of(Family family) {
    return switch (family) {
      case LLAMA -> new FamilyDefaults(32_000, 11_008, 0, 0, 2_048, RMS_NORM_EPS, 1e-6);
      case MISTRAL -> new FamilyDefaults(32_000, 14_336, 8, 0, 131_072, RMS_NORM_EPS, 1e-6);
      case QWEN2 -> new FamilyDefaults(151_936, 22_016, 32, 0, 32_768, RMS_NORM_EPS, 1e-6);
      case QWEN3 -> new FamilyDefaults(151_936, 22_016, 32, 128, 32_768, RMS_NORM_EPS, 1e-6);
      case NEMOTRON_H ->
          new FamilyDefaults(131_072, 21_504, 8, 128, 4_096, "layer_norm_epsilon", 1e-5);
    };
  }
}
