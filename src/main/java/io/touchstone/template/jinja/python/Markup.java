package io.touchstone.template.jinja.python;

/** Text marked as safe HTML; text added to it is escaped, as markupsafe does. */
public record Markup(String text) {

  public static Markup escape(Object value) {
    return value instanceof Markup markup ? markup : new Markup(escaped(Printing.str(value)));
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '\'' -> out.append("&#39;");
        case '"' -> out.append("&#34;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }
}
