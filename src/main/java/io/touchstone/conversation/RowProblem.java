package io.touchstone.conversation;

/** Ends the reading of one line; never leaves {@link RowReader} and {@link FormatDetector}. */
final class RowProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final MalformedRow row;

  RowProblem(Malformation kind, String where, String expectedAndFound) {
    super(where + ": " + expectedAndFound, null, false, false);
    this.row = new MalformedRow(kind.word(), where + ": " + expectedAndFound);
  }

  MalformedRow row() {
    return row;
  }
}
