package io.touchstone.conversation;

/** Reads lines of one format. Immutable; any thread, several at once. */
public final class RowReader {

  private final LineFormat format;

  /**
   * @param scored heeded by {@code messages} and {@code sharegpt}, which say no more themselves
   */
  public RowReader(RowFormat format, ScoredTurns scored) {
    this.format =
        switch (format) {
          case STEERLM -> new SteerlmFormat();
          case HELPSTEER2 -> new HelpSteer2Format();
          case HELPSTEER3 -> new HelpSteer3Format();
          case MESSAGES -> new MessagesFormat(scored);
          case SHAREGPT -> new ShareGptFormat(scored);
          case CANDIDATES -> new CandidatesFormat();
          case PREFERENCE -> new PreferenceFormat();
          case BEST_OF_N -> new BestOfNFormat();
          case PREFERENCE_LISTS -> new PreferenceListsFormat();
          case JUDGEBENCH -> new JudgeBenchFormat();
        };
  }

  /**
   * What the line is: every line is a row or says why not, nothing is thrown.
   *
   * @param utf8Line without line end and byte order mark; kept by the row, so not to be written to
   */
  public ParsedLine read(byte[] utf8Line) {
    try {
      return format.row(RowFields.read(LineText.decode(utf8Line), format));
    } catch (RowProblem problem) {
      return problem.row();
    }
  }

  /** Whether a line holds nothing but JSON's white space. */
  public static boolean isBlank(byte[] line) {
    for (byte unit : line) {
      if (unit != ' ' && unit != '\t' && unit != '\r' && unit != '\n') {
        return false;
      }
    }
    return true;
  }
}
