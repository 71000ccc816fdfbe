package io.touchstone.progress;

/**
 * What was done so far.
 *
 * @param rows scored, or put where they belong
 * @param tokens of the scored conversations, each by itself
 * @param bytes of the input files as they lie on disk
 * @param started more than 0 once the first record was noticed
 */
public record ProgressSums(long rows, long rejected, long tokens, long bytes, long started) {

  public static final ProgressSums NONE = new ProgressSums(0, 0, 0, 0, 0);

  public ProgressSums plus(ProgressSums other) {
    return new ProgressSums(
        rows + other.rows,
        rejected + other.rejected,
        tokens + other.tokens,
        bytes + other.bytes,
        started + other.started);
  }
}
