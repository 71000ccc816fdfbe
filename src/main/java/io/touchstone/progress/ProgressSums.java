package io.touchstone.progress;

/**
 * What was done so far.
 *
 * @param rows scored, or put where they belong
 * @param tokens of the scored conversations, each by itself, or those that were generated
 * @param bytes of the input files, as they lie on disk, that the rows done stand for
 * @param started more than 0 once the first record was noticed
 * @param linesRead rows that were read, and may not be done
 * @param bytesRead that these rows stand for
 * @param alive rows that the model is busy with now, where it is with many at a time
 */
public record ProgressSums(
    long rows,
    long rejected,
    long tokens,
    long bytes,
    long started,
    long linesRead,
    long bytesRead,
    long alive) {

  public static final ProgressSums NONE = new ProgressSums(0, 0, 0, 0, 0);

  /** Where each row is done when it is read. */
  public ProgressSums(long rows, long rejected, long tokens, long bytes, long started) {
    this(rows, rejected, tokens, bytes, started, rows + rejected, bytes);
  }

  /** Where no row is under way for long. */
  public ProgressSums(
      long rows,
      long rejected,
      long tokens,
      long bytes,
      long started,
      long linesRead,
      long bytesRead) {
    this(rows, rejected, tokens, bytes, started, linesRead, bytesRead, 0);
  }

  public ProgressSums plus(ProgressSums other) {
    return new ProgressSums(
        rows + other.rows,
        rejected + other.rejected,
        tokens + other.tokens,
        bytes + other.bytes,
        started + other.started,
        linesRead + other.linesRead,
        bytesRead + other.bytesRead,
        alive + other.alive);
  }
}
