package io.touchstone.jobs.choose;

import io.touchstone.problem.Problem;

/**
 * A row's place in the whole input as one number: ordered as the input is, and never negative.
 *
 * <p>40 bits for the row's number in its piece, 23 for the piece.
 */
public final class RowPosition {

  private static final int NUMBER_BITS = 40;
  private static final long MOST_PIECES = 1L << (63 - NUMBER_BITS);

  private RowPosition() {}

  public static long of(int piece, long number) {
    if (piece >= MOST_PIECES || number >>> NUMBER_BITS != 0) {
      throw new IllegalArgumentException(
          new Problem("")
              .expected("at most " + MOST_PIECES + " pieces of 2^40 rows")
              .found("row " + number + " of piece " + piece));
    }
    return ((long) piece << NUMBER_BITS) | number;
  }

  public static int piece(long position) {
    return (int) (position >>> NUMBER_BITS);
  }

  public static long number(long position) {
    return position & ((1L << NUMBER_BITS) - 1);
  }
}
