package io.touchstone.engine.device;

/**
 * What the factors of the linear layers' products are. The residual stream, norms, rotation,
 * softmax and head are fp32 or better in each.
 */
public enum Precision {
  FP32("fp32", 6),

  /** On a GPU its own products of bf16 tensors; on a CPU fp32 ones of numbers that bf16 holds. */
  BF16("bf16", 15),

  /**
   * A CPU's own products of bf16 tensors: sums are fp32, results are rounded to bf16, but for a
   * decoder's queries, keys and values.
   */
  BF16_NATIVE("bf16 native", 15);

  private final String word;
  private final int torchType;

  Precision(String word, int torchType) {
    this.word = word;
    this.torchType = torchType;
  }

  /** As the result records it. */
  public String word() {
    return word;
  }

  /** The product of a norm's weight and a bf16 number is no bf16 number any more. */
  public boolean foldsNorms() {
    return this == FP32;
  }

  /** Whether a machine's processor may have none of it. */
  public boolean asksProcessor() {
    return this == BF16_NATIVE;
  }

  /** The type's number in TorchScript. */
  public int torchType() {
    return torchType;
  }
}
