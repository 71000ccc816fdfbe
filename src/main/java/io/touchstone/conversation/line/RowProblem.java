package io.touchstone.conversation.line;

/**
 * Ends the reading of one line; whoever reads lines one after another turns it into a rejection.
 */
public final class RowProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient MalformedRow row;

  /**
   * @param where the field
   * @param expectedAndFound never with a conversation's text in it
   */
  public RowProblem(Malformation kind, String where, String expectedAndFound) {
    super(where + ": " + expectedAndFound, null, false, false);
    this.row = new MalformedRow(kind.word(), where + ": " + expectedAndFound);
  }

  /**
   * Says that a row can be read in two ways.
   *
   * @param where the field
   * @param found both readings
   */
  public static RowProblem ambiguous(String where, String expected, String found) {
    return new RowProblem(
        Malformation.AMBIGUOUS, where, "expected " + expected + ", found " + found);
  }

  public RowProblem(MalformedRow row) {
    super(row.reason(), null, false, false);
    this.row = row;
  }

  public MalformedRow row() {
    return row;
  }
}
