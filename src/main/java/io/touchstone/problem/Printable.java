package io.touchstone.problem;

/**
 * Text of others, fit for terminals and logs: what could steer them, or turn the direction of
 * writing, stands there as an escape such as {@code \n} or {@code \u001b}.
 */
public final class Printable {
  private Printable() {}

  /** A name, of a file or a field: in one line. */
  public static String name(Object text) {
    return escaped(String.valueOf(text), "");
  }

  /** Several lines, with tabs. */
  public static String lines(String text) {
    return escaped(text, "\n\t");
  }

  private static String escaped(String text, String kept) {
    if (text.chars().noneMatch(Printable::steers)) {
      return text;
    }
    StringBuilder printable = new StringBuilder();
    for (char each : text.toCharArray()) {
      if (!steers(each) || kept.indexOf(each) >= 0) {
        printable.append(each);
      } else {
        printable.append(escape(each));
      }
    }
    return printable.toString();
  }

  private static String escape(char each) {
    return switch (each) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format("\\u%04x", (int) each);
    };
  }

  /** Control characters, line and paragraph separators, and what turns the direction. */
  private static boolean steers(int each) {
    return Character.isISOControl(each)
        || each == 0x061c
        || each == 0x200e
        || each == 0x200f
        || each >= 0x2028 && each <= 0x202e
        || each >= 0x2066 && each <= 0x2069;
  }
}
