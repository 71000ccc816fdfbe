package io.touchstone.engine;

/**
 * What the factors of the linear layers' products are. Residual stream, norms, rotation, softmax
 * and head are fp32 or better in each.
 */
public enum Precision {
  FP32("fp32", 6, 4),
  /** Sums are fp32; the result of a product is rounded to bf16 once more (libtorch 2.7.1). */
  BF16("bf16", 15, 2);

  private final String word;
  private final int torchType;
  private final int bytes;

  Precision(String word, int torchType, int bytes) {
    this.word = word;
    this.torchType = torchType;
    this.bytes = bytes;
  }

  /** As users write it, and as the result records it. */
  public String word() {
    return word;
  }

  int torchType() {
    return torchType;
  }

  int bytes() {
    return bytes;
  }
}
