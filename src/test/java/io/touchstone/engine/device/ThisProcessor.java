package io.touchstone.engine.device;

import org.junit.jupiter.api.Assumptions;

/** What tests may ask of the processor that they run on. */
public final class ThisProcessor {
  private ThisProcessor() {}

  /** Skips a test of products that this processor does not have. */
  public static void assumeHas(Precision precision) {
    Assumptions.assumeTrue(
        !precision.asksProcessor() || HostProcessor.ofThisMachine().multipliesBf16(),
        "a processor that multiplies bf16 numbers");
  }
}
