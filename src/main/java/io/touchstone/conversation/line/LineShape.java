package io.touchstone.conversation.line;

/** Where a line's object ends, and how it is spaced, so that new fields look like the old ones. */
public final class LineShape {

  private final LineText line;
  private int lastName;
  private int lastValue;
  private int fieldCount;
  private int end;

  LineShape(LineText line) {
    this.line = line;
  }

  /** Another field was read; both as offsets in the line. */
  void field(int nameStart, int valueStart) {
    lastName = nameStart;
    lastValue = valueStart;
    fieldCount++;
  }

  /** The object's closing brace was read. */
  void end(int brace) {
    end = brace;
  }

  void expectLineEnd() {
    for (int at = end + 1; at < line.length(); at++) {
      if (!isSpace(line.at(at))) {
        throw new RowProblem(
            Malformation.NOT_JSON,
            "line",
            "expected its end after the JSON object, found more at byte offset " + at);
      }
    }
  }

  /** Behind the last field, with the comma and name that a new one needs. */
  public EditSpan appended(String name) {
    int at = end;
    while (isSpace(line.at(at - 1))) {
      at--;
    }
    String comma = fieldCount == 0 ? "" : comma();
    return new EditSpan(new Span(at, at), comma + '"' + name + '"' + colon());
  }

  /** As between the row's last two fields; a row of one field shows its manner at the colon. */
  public String comma() {
    return isSpace(line.at((fieldCount > 1 ? lastName : lastValue) - 1)) ? ", " : ",";
  }

  String colon() {
    return fieldCount == 0 || isSpace(line.at(lastValue - 1)) ? ": " : ":";
  }

  private static boolean isSpace(byte unit) {
    return unit == ' ' || unit == '\t' || unit == '\r' || unit == '\n';
  }
}
