package io.touchstone.selection.report.page;

import java.util.Locale;

/** Text that grows into a page. What stands in a result is untrusted: all values are escaped. */
final class Html {

  private final StringBuilder page = new StringBuilder();

  /**
   * Markup with values in it.
   *
   * @param markup a format string where there are values, else text as it stands
   * @param values numbers, or texts to escape
   */
  Html add(String markup, Object... values) {
    Object[] escaped = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      escaped[i] = values[i] instanceof Number ? values[i] : escape(String.valueOf(values[i]));
    }
    page.append(values.length == 0 ? markup : String.format(Locale.ROOT, markup, escaped));
    return this;
  }

  /** A figure with its name, in a list of such. */
  void tile(String name, String value) {
    add("<div><dt>%s</dt><dd>%s</dd></div>\n", name, value);
  }

  /** The same, with what it has to be read against. */
  void tile(String name, String value, String note) {
    add("<div><dt>%s</dt><dd>%s</dd><dd class=\"beside\">%s</dd></div>\n", name, value, note);
  }

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints().forEach(unit -> append(escaped, unit));
    return escaped.toString();
  }

  private static void append(StringBuilder escaped, int unit) {
    switch (unit) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      case '\'' -> escaped.append("&#39;");
      case '`' -> escaped.append("&#96;");
      case '\n', '\t' -> escaped.appendCodePoint(unit);
      default -> escaped.appendCodePoint(isShown(unit) ? unit : 0xFFFD);
    }
  }

  /** Controls, halves of characters and codes that are none have no place in a page. */
  private static boolean isShown(int unit) {
    return !Character.isISOControl(unit)
        && Character.getType(unit) != Character.SURROGATE
        && (unit & 0xFFFE) != 0xFFFE;
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
