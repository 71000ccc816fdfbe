package io.touchstone.template.jinja.python;

/** Python's {@code None}; an object of its own, so that Java's null never is a value. */
public enum None implements Value {
  VALUE;

  @Override
  public String typeName() {
    return "NoneType";
  }

  @Override
  public boolean isTrue() {
    return false;
  }

  @Override
  public void writeRepr(StringBuilder out) {
    out.append("None");
  }
}
