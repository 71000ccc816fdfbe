package io.touchstone.template.jinja.python;

import java.util.List;

/** What jinja2 gives for a name, attribute or item that does not exist. */
public enum Undefined implements Value {
  VALUE;

  @Override
  public String typeName() {
    return "an undefined value";
  }

  @Override
  public boolean isTrue() {
    return false;
  }

  @Override
  public String str() {
    return "";
  }

  @Override
  public void writeRepr(StringBuilder out) {
    out.append("Undefined");
  }

  @Override
  public List<Object> items() {
    return List.of();
  }
}
