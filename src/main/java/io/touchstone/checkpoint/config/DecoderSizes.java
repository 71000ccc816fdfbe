package io.touchstone.checkpoint.config;

/**
 * Sizes of a decoder.
 *
 * @param layers decoder layers, from 0 on
 * @param heads query heads; a multiple of {@code kvHeads}
 * @param kvHeads among a family's defaults 0 where it is the number of heads
 * @param headDim even; need not be {@code hiddenSize / heads}, which among defaults 0 stands for
 */
public record DecoderSizes(
    int hiddenSize,
    int intermediateSize,
    int layers,
    int heads,
    int kvHeads,
    int headDim,
    int vocabSize,
    int maxPositionEmbeddings) {

  /** Rows of the projection of queries. */
  public int queryRows() {
    return Math.multiplyExact(heads, headDim);
  }

  /** Rows of the projection of keys, and of that of values. */
  public int keyRows() {
    return Math.multiplyExact(kvHeads, headDim);
  }
}
