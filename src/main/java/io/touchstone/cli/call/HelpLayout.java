package io.touchstone.cli.call;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lays out help in lines of a width; what has no space in it, such as a formula or a path, stays
 * whole.
 */
final class HelpLayout {
  static final int USUAL = 100;
  private static final int LEAST = 40;
  private static final int LEAST_FOR_COLUMNS = 70;

  /** Where the second column begins, or what flags are explained with below them. */
  private static final int COLUMN = 29;

  private static final int BELOW = 10;

  /** A first column, and two spaces or more before the next. */
  private static final Pattern ROW = Pattern.compile("( *\\S+(?: \\S+)* {2,}).*");

  /** A second column that begins before is an indent. */
  private static final int LEAST_COLUMN = 8;

  static final char NO_BREAK = '\u00a0';
  private static final Pattern FLAG_AND_VALUE = Pattern.compile("( --[\\w-]+) (?!--)");
  private static final Pattern COMMAND = Pattern.compile(" +jobs/.*");

  private final int width;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param columns of the terminal; lines are no longer than {@link #USUAL} in any case
   */
  HelpLayout(int columns) {
    this.width = Math.max(LEAST, Math.min(USUAL, columns));
  }

  /** A flag, or what stands without one, and what is said of it. */
  void entry(String label, String explanation) {
    boolean below = width < LEAST_FOR_COLUMNS;
    int indent = below ? BELOW : COLUMN;
    String first = " ".repeat(6) + label;
    if (below || first.length() >= COLUMN) {
      line(first);
      first = "";
    }
    first += " ".repeat(indent - first.length());
    wrap(first, " ".repeat(below ? indent : indent + 2), explanation, "");
  }

  /** Sentences, which are filled, headings, and rows of tables and commands, which are not. */
  void lines(String lines) {
    List<String> sentences = new ArrayList<>();
    for (String line : joined(lines.lines().toList())) {
      if (!line.isEmpty() && !line.startsWith(" ")) {
        sentences.add(line);
      }
      if (line.isEmpty() || line.startsWith(" ") || line.endsWith(":")) {
        wrap("", "", String.join(" ", sentences), "");
        sentences.clear();
      }
      if (line.isEmpty() || line.startsWith(" ")) {
        row(line);
      }
    }
    wrap("", "", String.join(" ", sentences), "");
  }

  /** The lines of a row's last column in one. */
  private static List<String> joined(List<String> lines) {
    List<String> joined = new ArrayList<>();
    for (String line : lines) {
      int last = joined.size() - 1;
      Matcher row = ROW.matcher(last < 0 ? "" : joined.get(last));
      if (row.matches() && row.end(1) >= LEAST_COLUMN && row.end(1) == indent(line).length()) {
        joined.set(last, joined.get(last) + " " + line.strip());
      } else {
        joined.add(line);
      }
    }
    return joined;
  }

  private static String indent(String line) {
    return line.substring(0, line.length() - line.stripLeading().length());
  }

  private void row(String line) {
    Matcher row = ROW.matcher(line);
    String indent = indent(line);
    if (line.length() <= width) {
      line(line);
    } else if (COMMAND.matcher(line).matches()) {
      // A flag stays with its value, and the lines are a command as they stand.
      String words = FLAG_AND_VALUE.matcher(line.strip()).replaceAll("$1" + NO_BREAK);
      wrap(indent, indent + "  ", words, " \\");
    } else if (row.matches() && row.end(1) <= width / 2) {
      wrap(row.group(1), " ".repeat(row.end(1)), line.substring(row.end(1)), "");
    } else {
      wrap(indent, indent + "  ", line.strip(), "");
    }
  }

  /**
   * @param first what the first line begins with, and {@code further} all others
   * @param goesOn what a line ends with that another follows
   */
  private void wrap(String first, String further, String words, String goesOn) {
    if (words.isEmpty()) {
      return;
    }
    StringBuilder line = new StringBuilder(first);
    boolean begun = false;
    for (String word : words.split(" +")) {
      if (begun && line.length() + 1 + word.length() > width - goesOn.length()) {
        line(line + goesOn);
        line = new StringBuilder(further);
        begun = false;
      }
      line.append(begun ? " " : "").append(word);
      begun = true;
    }
    line(line.toString());
  }

  private void line(String line) {
    text.append(line.replace(NO_BREAK, ' ').stripTrailing()).append('\n');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
