package io.touchstone.template.jinja.python;

import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of a class of ours, and what Python asks of every value; strings, numbers, lists and
 * dicts are Java's own, and the static methods answer for them too.
 */
public interface Value {

  /** Python's name of the type, for messages. */
  String typeName();

  static String typeName(Object value) {
    if (value instanceof Value own) {
      return own.typeName();
    }
    if (value instanceof String) {
      return "str";
    }
    if (value instanceof Boolean) {
      return "bool";
    }
    if (value instanceof Double) {
      return "float";
    }
    if (value instanceof List) {
      return "list";
    }
    return value instanceof Map ? "dict" : "int";
  }

  /** Python's {@code bool}. */
  default boolean isTrue() {
    return true;
  }

  static boolean isTrue(Object value) {
    if (value instanceof Boolean bool) {
      return bool;
    }
    if (value instanceof String text) {
      return !text.isEmpty();
    }
    if (value instanceof List<?> list) {
      return !list.isEmpty();
    }
    if (value instanceof Map<?, ?> map) {
      return !map.isEmpty();
    }
    if (value instanceof Value own) {
      return own.isTrue();
    }
    return value instanceof BigInteger big ? big.signum() != 0 : Numeric.toDouble(value) != 0;
  }

  /** Python's {@code str}. */
  default String str() {
    return Printing.repr(this);
  }

  /** Writes Python's {@code repr}. */
  default void writeRepr(StringBuilder out) {
    throw new PythonError(typeName() + " cannot be printed: Python prints its address");
  }

  /** An attribute that is its own, and no method of its kind; null where it has none. */
  default @Nullable Object attribute(String name) {
    return null;
  }

  /** The items, for a value that gives them as often as it is asked; else null. */
  default @Nullable List<Object> items() {
    return null;
  }

  /** Python's {@code iter}; null where there is none. */
  default @Nullable Iterator<Object> iterator() {
    List<Object> items = items();
    return items == null ? null : items.iterator();
  }

  default boolean isIterable() {
    return iterator() != null;
  }

  /** Python's {@code len}; -1 where there is none. */
  default long length() {
    List<Object> items = items();
    return items == null ? -1 : items.size();
  }

  /** Tells whether it can be a dict's key. */
  default boolean isHashable() {
    return true;
  }
}
