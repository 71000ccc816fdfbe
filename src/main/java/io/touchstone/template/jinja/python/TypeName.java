package io.touchstone.template.jinja.python;

import io.touchstone.template.jinja.tree.LoopState;
import io.touchstone.template.jinja.tree.Macro;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Python's name of a value's type, for messages. */
public final class TypeName {
  private TypeName() {}

  public static String of(Object value) {
    if (value instanceof String) {
      return "str";
    }
    if (value instanceof Markup) {
      return "Markup";
    }
    if (value == None.VALUE) {
      return "NoneType";
    }
    if (value == Undefined.VALUE) {
      return "an undefined value";
    }
    if (value instanceof Boolean) {
      return "bool";
    }
    if (value instanceof Long || value instanceof BigInteger) {
      return "int";
    }
    if (value instanceof Double) {
      return "float";
    }
    if (value instanceof List) {
      return "list";
    }
    if (value instanceof Map) {
      return "dict";
    }
    if (value instanceof Tuple) {
      return "tuple";
    }
    if (value instanceof Range) {
      return "range";
    }
    if (value instanceof DictView view) {
      return view.kind().type();
    }
    if (value instanceof Generator) {
      return "generator";
    }
    if (value instanceof Namespace) {
      return "Namespace";
    }
    if (value instanceof LoopState) {
      return "LoopContext";
    }
    return value instanceof Macro ? "Macro" : "function";
  }
}
