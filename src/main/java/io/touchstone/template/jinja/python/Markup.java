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
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&#34;");
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
