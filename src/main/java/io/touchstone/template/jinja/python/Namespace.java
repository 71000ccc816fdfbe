package io.touchstone.template.jinja.python;

import java.util.LinkedHashMap;
import java.util.Map;

/** Jinja's {@code namespace(...)}: the one object that a template may write to. */
public final class Namespace implements Value {
  private final Map<Object, Object> attributes = new LinkedHashMap<>();

  public Namespace(Map<Object, Object> initial) {
    initial.forEach(this::put);
  }

  public void put(Object name, Object value) {
    if (name instanceof String text && text.startsWith("_")) {
      throw new PythonError("a namespace takes no names that begin with an underscore");
    }
    attributes.put(name, value);
  }

  @Override
  public Object attribute(String name) {
    return attributes.getOrDefault(name, Undefined.VALUE);
  }

  @Override
  public String typeName() {
    return "Namespace";
  }

  @Override
  public void writeRepr(StringBuilder out) {
    out.append("<Namespace ");
    Printing.writeDict(attributes, out);
    out.append('>');
  }
}
