package io.touchstone.template.jinja.python;

/** Text marked as safe HTML; text added to it is escaped, as markupsafe does. */
public record Markup(String text) implements Value {

  public static Markup escape(Object value) {
    return value instanceof Markup markup ? markup : new Markup(escaped(Printing.str(value)));
  }

  /** The text, marked where the value is. */
  public static Object like(Object value, String text) {
    return value instanceof Markup ? new Markup(text) : text;
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

  @Override
  public String typeName() {
    return "Markup";
  }

  @Override
  public boolean isTrue() {
    return !text.isEmpty();
  }

  @Override
  public String str() {
    return text;
  }

  @Override
  public void writeRepr(StringBuilder out) {
    out.append("Markup(");
    Printing.quote(text, out);
    out.append(')');
  }
}
