package io.touchstone.engine.device;

import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;

/** A precision as users ask for it, under names that they write. */
public enum PrecisionChoice {
  FP32,

  /** The fastest bf16 that the device has. */
  BF16,

  /** A processor's own products, and no others. */
  BF16_NATIVE,

  /** fp32 products of numbers that bf16 holds, which every processor has. */
  BF16_EMULATED;

  /**
   * What it comes to.
   *
   * @param rule that is settled
   * @param processor of this machine
   * @param here whether this machine is the one that computes
   * @throws Refused if the device has no such precision
   */
  public Precision on(DeviceRule rule, HostProcessor processor, Here here) {
    boolean cpu = rule instanceof DeviceRule.Cpu;
    if (!cpu && (this == BF16_NATIVE || this == BF16_EMULATED)) {
      throw Refused.because(
          Problem.at("--precision " + word())
              .expected("--device cpu beside it")
              .found("a GPU, whose own is --precision bf16"));
    }
    if (this == BF16_NATIVE && here == Here.COMPUTES && !processor.multipliesBf16()) {
      throw Refused.because(HostProcessor.missingBf16("--precision " + word()));
    }
    return switch (this) {
      case FP32 -> Precision.FP32;
      case BF16 -> cpu && processor.multipliesBf16() ? Precision.BF16_NATIVE : Precision.BF16;
      case BF16_NATIVE -> Precision.BF16_NATIVE;
      case BF16_EMULATED -> Precision.BF16;
    };
  }

  /** Whether the machine that is asked computes itself, or only tells others to. */
  public enum Here {
    COMPUTES,
    TELLS
  }

  /** As users write it. */
  public String word() {
    return switch (this) {
      case FP32 -> "fp32";
      case BF16 -> "bf16";
      case BF16_NATIVE -> "bf16-native";
      case BF16_EMULATED -> "bf16-emulated";
    };
  }
}
