package io.touchstone.cli.settings;

import io.touchstone.cli.call.Text;
import io.touchstone.generation.GenerationWork;

/**
 * What generating would come to on a GPU, by its data sheet: R answers under way take R tokens a
 * pass, which lasts as long as the slowest of bringing the weights, computing, and reading what is
 * remembered of R answers: R / max(W/P, R*F/C, R*c*K/B); where weights stay in the GPU's memory,
 * they are read from where the rest is: R / max((W + R*c*K)/B, R*F/C).
 *
 * @param context tokens of prompt and answer together, at their longest
 * @param answers that there are
 */
public record GenerationOnPaper(
    DeviceModel device, GenerationWork work, double context, double answers) {

  /** Of the memory, what weights may take that stay there. */
  private static final double SHARE_OF_WEIGHTS = 0.8;

  private static final double SHARE_OF_ALL = 0.9;

  /** Of the memory, what is left to answers beside weights on their way through. */
  private static final double SHARE_OF_ANSWERS = 0.5;

  /** Whether all weights stay in the GPU's memory. */
  boolean isResident() {
    return work.weightBytes() <= SHARE_OF_WEIGHTS * device.memoryBytes();
  }

  /** Answers that are under way together; 0 if the memory takes none. */
  double rows() {
    double room =
        isResident()
            ? SHARE_OF_ALL * device.memoryBytes() - work.weightBytes()
            : SHARE_OF_ANSWERS * device.memoryBytes();
    return Math.min(answers, Math.floor(Math.max(0, room) / work.bytes(context)));
  }

  /** Generated tokens a second, prompts not counted. */
  double tokensPerSecond() {
    double rows = rows();
    if (rows == 0) {
      return 0;
    }
    double read = isResident() ? weights() + memory(rows) : Math.max(weights(), memory(rows));
    return rows / Math.max(read, compute(rows));
  }

  private double weights() {
    double rate = isResident() ? device.memoryBandwidth() : device.linkBandwidth();
    return work.weightBytes() / rate;
  }

  private double compute(double rows) {
    return rows * work.flopPerToken() / device.flops();
  }

  private double memory(double rows) {
    return rows * work.bytes(context) / device.memoryBandwidth();
  }

  /** For so many tokens of answers, and so many of prompts. */
  public double seconds(double generated, double prompts) {
    double rate = tokensPerSecond();
    return rate == 0
        ? Double.POSITIVE_INFINITY
        : generated / rate + prompts * work.flopPerToken() / device.flops();
  }

  /** The formula with its numbers. */
  public String formula() {
    double rows = rows();
    if (rows == 0) {
      return Text.of(
          "not one answer of %,.0f tokens fits: it takes %.3g GB beside the weights",
          context, work.bytes(context) / 1e9);
    }
    return Text.of(
        "%,.0f tokens a second = %,.0f under way / the %s of %.3g s to compute%s %.3g s%s %.3g s to read"
            + " what is remembered of %,.0f tokens each",
        tokensPerSecond(),
        rows,
        isResident() ? "larger" : "largest",
        compute(rows),
        isResident() ? " and" : ",",
        weights(),
        Text.of(
            isResident()
                ? " to read %.3g GB of weights, which stay in its memory, +"
                : " to bring %.3g GB of weights from the host, and",
            work.weightBytes() / 1e9),
        memory(rows),
        context);
  }
}
