package io.touchstone.conversation.line;

/** A line of an input before anyone has looked into it. */
public sealed interface RawLine {

  /** The input it comes from, as a URI or path. */
  String source();

  /** The line's first byte, counted in the uncompressed input. */
  long offset();

  /**
   * The bytes of a line that may be a row.
   *
   * @throws RowProblem if it is too long to be one
   */
  byte[] bytes();

  /** Whether it holds nothing but JSON's white space. */
  default boolean isBlank() {
    return false;
  }

  /**
   * A line within the size limit.
   *
   * @param bytes without the line end (LF or CRLF) and without a byte order mark; owned by the line
   */
  record Whole(String source, long offset, byte[] bytes) implements RawLine {
    @Override
    public boolean isBlank() {
      for (byte unit : bytes) {
        if (unit != ' ' && unit != '\t' && unit != '\r' && unit != '\n') {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * A line over the size limit, of which only the beginning is kept.
   *
   * @param length of the whole line in bytes
   * @param limit the most that was allowed
   * @param head its first bytes, as many as it has or {@value #HEAD_BYTES}; owned by the line
   * @param sha256 of all its bytes, in hex
   */
  record TooLong(String source, long offset, long length, long limit, byte[] head, String sha256)
      implements RawLine {

    public static final int HEAD_BYTES = 4 << 10;

    @Override
    public byte[] bytes() {
      throw new RowProblem(malformed());
    }

    /** Why the line is no row. */
    public MalformedRow malformed() {
      return new MalformedRow(
          "line-too-long", "expected a line of at most " + limit + " bytes, found " + length);
    }
  }
}
