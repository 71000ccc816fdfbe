package io.touchstone.conversation.format;

import io.touchstone.conversation.line.LineText;
import io.touchstone.conversation.line.ParsedLine;
import io.touchstone.conversation.line.RowProblem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads lines of one format. Immutable; any thread, several at once. */
public final class RowReader {

  private final LineFormat format;

  /** Scores are written under the format's own names. */
  public RowReader(RowFormat format, ScoredTurns scored) {
    this(format, scored, ScoreFields.OWN);
  }

  /**
   * @param scored heeded by {@code messages} and {@code sharegpt}, which say no more themselves
   * @throws IllegalArgumentException if there are {@link #clashes}
   */
  public RowReader(RowFormat format, ScoredTurns scored, ScoreFields fields) {
    this.format = lineFormat(format, scored, fields);
    List<String> clashes = clashes(this.format);
    if (!clashes.isEmpty()) {
      throw new IllegalArgumentException(
          "fields: expected names that " + format.word() + " rows leave free, found " + clashes);
    }
  }

  private static LineFormat lineFormat(RowFormat format, ScoredTurns scored, ScoreFields fields) {
    return switch (format) {
      case STEERLM -> new SteerlmFormat(fields);
      case HELPSTEER2 -> new HelpSteer2Format(fields);
      case HELPSTEER3 -> new HelpSteer3Format(fields);
      case MESSAGES -> new MessagesFormat(scored, fields);
      case SHAREGPT -> new ShareGptFormat(scored, fields);
      case CANDIDATES -> new CandidatesFormat(fields);
      case PREFERENCE -> new PreferenceFormat(fields);
      case BEST_OF_N -> new BestOfNFormat(fields);
      case PREFERENCE_LISTS -> new PreferenceListsFormat(fields);
      case JUDGEBENCH -> new JudgeBenchFormat(fields);
    };
  }

  /** The names of what would be written that mean something else in such rows, or stand twice. */
  public static List<String> clashes(RowFormat format, ScoredTurns scored, ScoreFields fields) {
    return clashes(lineFormat(format, scored, fields));
  }

  /** The names under which rows of a format have scores, in the order of the values. */
  public static List<String> names(RowFormat format, ScoredTurns scored, ScoreFields fields) {
    return lineFormat(format, scored, fields).names();
  }

  /** All names under which some format writes scores. */
  public static Set<String> written(ScoreFields fields) {
    Set<String> names = new HashSet<>();
    for (RowFormat format : RowFormat.values()) {
      for (ScoredTurns scored : ScoredTurns.values()) {
        names.addAll(lineFormat(format, scored, fields).names());
      }
    }
    return names;
  }

  private static List<String> clashes(LineFormat format) {
    Set<String> taken = new HashSet<>(format.taken());
    return format.names().stream().filter(name -> !taken.add(name)).toList();
  }

  /**
   * What the line is: every line is a row or says why not, nothing is thrown.
   *
   * @param utf8Line without line end and byte order mark; kept by the row, so not to be written to
   */
  public ParsedLine read(byte[] utf8Line) {
    try {
      return format.row(RowFields.read(LineText.of(utf8Line), format));
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
