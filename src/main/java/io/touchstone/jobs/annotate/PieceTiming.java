package io.touchstone.jobs.annotate;

/**
 * Where the time of one piece went.
 *
 * @param tokens presented, of the scored conversations
 * @param seconds of the attempt that was committed, from its first to its last step
 * @param prepare thread time for parsing, rendering and tokenizing, beside the model's
 * @param forward time in the model
 */
record PieceTiming(
    int piece,
    String executor,
    long rows,
    long tokens,
    double seconds,
    double prepare,
    double forward) {

  static PieceTiming of(AnnotateRecord stats) {
    return new PieceTiming(
        stats.piece(),
        stats.executor(),
        stats.rows(),
        stats.totals().presentedTokens(),
        seconds(stats.wallNanos()),
        seconds(stats.totals().prepareNanos()),
        seconds(stats.totals().forwardNanos()));
  }

  /** To the millisecond. */
  private static double seconds(long nanos) {
    return Math.round(nanos / 1e6) / 1e3;
  }
}
