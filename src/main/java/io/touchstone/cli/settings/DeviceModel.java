package io.touchstone.cli.settings;

import io.touchstone.cli.call.Text;

/**
 * A GPU as its maker's data sheet describes it.
 *
 * <p>Sources: NVIDIA's data sheets of A100 80GB SXM, H100 SXM, H200 SXM, L4 and L40S, HGX B200;
 * rates without sparsity, links in one direction.
 */
public enum DeviceModel {
  A100(312, 80, 2_039, 32),
  B200(2_250, 180, 8_000, 64),
  H100(989, 80, 3_350, 64),
  H200(989, 141, 4_800, 64),
  L4(121, 24, 300, 32),
  L40S(362, 48, 864, 32);

  /** Of the data sheet's rate: what long matrix products usually reach, attention included. */
  private static final double SHARE_OF_RATE = 0.5;

  private static final double SHARE_OF_LINK = 0.8;

  /** What is left to weights beside a load's states. */
  private static final double SHARE_OF_MEMORY = 0.8;

  private final double teraFlops;
  private final double gigaBytes;
  private final double memoryGigaBytes;
  private final double linkGigaBytes;

  /**
   * @param teraFlops of dense bf16 products, in 10^12 operations a second
   * @param gigaBytes of memory, in 10^9 bytes
   * @param memoryGigaBytes that are read from it, in 10^9 bytes a second
   * @param linkGigaBytes that come from the host, in 10^9 bytes a second
   */
  DeviceModel(double teraFlops, double gigaBytes, double memoryGigaBytes, double linkGigaBytes) {
    this.teraFlops = teraFlops;
    this.gigaBytes = gigaBytes;
    this.memoryGigaBytes = memoryGigaBytes;
    this.linkGigaBytes = linkGigaBytes;
  }

  /** A job's work for one device. */
  public record Work(double flop, double weightBytes, double loads) {}

  /** Weights that fit are brought once; others come anew for each load, beside the arithmetic. */
  public double seconds(Work work) {
    double compute = work.flop / (SHARE_OF_RATE * teraFlops * 1e12);
    double once = work.weightBytes / (SHARE_OF_LINK * linkGigaBytes * 1e9);
    return fits(work) ? once + compute : Math.max(compute, work.loads * once);
  }

  private boolean fits(Work work) {
    return work.weightBytes <= SHARE_OF_MEMORY * gigaBytes * 1e9;
  }

  /** How {@link #seconds} comes about, with its numbers. */
  public String formula(Work work) {
    String compute =
        Text.of(
            "%.3g operations / (%s x %s x 10^12 a second)",
            work.flop, number(SHARE_OF_RATE), number(teraFlops));
    String once =
        Text.of(
            "%.3g GB of weights / (%s x %s GB a second)",
            work.weightBytes / 1e9, number(SHARE_OF_LINK), number(linkGigaBytes));
    return fits(work)
        ? once + " + " + compute
        : Text.of(
            "the larger of %s and %,.0f loads x %s, as they do not fit %s GB",
            compute, work.loads, once, number(gigaBytes));
  }

  /** Operations a second that long matrix products usually reach. */
  double flops() {
    return SHARE_OF_RATE * teraFlops * 1e12;
  }

  double memoryBytes() {
    return gigaBytes * 1e9;
  }

  /** Bytes a second that are usually read from its memory. */
  double memoryBandwidth() {
    return SHARE_OF_LINK * memoryGigaBytes * 1e9;
  }

  /** Bytes a second that usually come from the host. */
  double linkBandwidth() {
    return SHARE_OF_LINK * linkGigaBytes * 1e9;
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Text.of("%.0f", value) : Double.toString(value);
  }
}
