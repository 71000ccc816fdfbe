package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.BoundArguments;
import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.None;
import io.touchstone.template.jinja.python.Numeric;
import io.touchstone.template.jinja.python.Ordering;
import io.touchstone.template.jinja.python.Printing;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Str;
import io.touchstone.template.jinja.python.Tuple;
import io.touchstone.template.jinja.python.Value;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code tojson} as transformers defines it: {@code json.dumps} without HTML escaping. */
final class ToJson {
  private final boolean ascii;
  private final @Nullable String indent;
  private final String itemSeparator;
  private final String keySeparator;
  private final boolean sortsKeys;
  private final Rendering rendering;
  private final StringBuilder out = new StringBuilder();

  private ToJson(BoundArguments options, Rendering rendering) {
    this.rendering = rendering;
    this.ascii = options.flag(0);
    this.indent = indent(options);
    this.sortsKeys = options.flag(3);
    if (!options.has(2)) {
      this.itemSeparator = indent == null ? ", " : ",";
      this.keySeparator = ": ";
    } else {
      List<Object> pair = Iteration.toList(options.required(2, "separators"), rendering);
      if (pair.size() != 2) {
        throw new PythonError("tojson()'s separators must be two, found " + pair.size());
      }
      this.itemSeparator = Str.required(pair.get(0), "a separator");
      this.keySeparator = Str.required(pair.get(1), "a separator");
    }
  }

  static String write(Object value, Arguments arguments, Rendering rendering) {
    BoundArguments options =
        arguments.bind("tojson", "ensure_ascii", "indent", "separators", "sort_keys");
    ToJson json = new ToJson(options, rendering);
    json.value(value, 0);
    return json.out.toString();
  }

  private static @Nullable String indent(BoundArguments options) {
    if (!options.has(1)) {
      return null;
    }
    Object indent = options.required(1, "indent");
    String text = Str.of(indent);
    if (text != null) {
      return text;
    }
    int width = Numeric.toIndex(indent, "tojson()'s indent");
    if (width > 1000) {
      throw new PythonError("tojson()'s indent may be 1000 at most");
    }
    return " ".repeat(Math.max(0, width));
  }

  private void value(Object value, int depth) {
    rendering.make(1);
    String text = Str.of(value);
    if (text != null) {
      string(text);
    } else if (value == None.VALUE) {
      out.append("null");
    } else if (value instanceof Boolean bool) {
      out.append(bool.booleanValue());
    } else if (Numeric.is(value)) {
      out.append(number(value));
    } else if (value instanceof List<?> list) {
      items(list, depth);
    } else if (value instanceof Tuple tuple) {
      items(tuple.items(), depth);
    } else if (value instanceof Map<?, ?> map) {
      entries(map, depth);
    } else {
      throw new PythonError("tojson() cannot write " + Value.typeName(value));
    }
  }

  private static String number(Object value) {
    if (value instanceof Double number) {
      return number.isNaN()
          ? "NaN"
          : number.isInfinite() ? (number < 0 ? "-Infinity" : "Infinity") : Numeric.repr(number);
    }
    return value instanceof BigInteger big ? Printing.digits(big) : String.valueOf(value);
  }

  private void items(List<?> list, int depth) {
    if (list.isEmpty()) {
      out.append("[]");
      return;
    }
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      out.append(i > 0 ? itemSeparator : "");
      newLine(depth + 1);
      value(list.get(i), depth + 1);
    }
    newLine(depth);
    out.append(']');
  }

  private void entries(Map<?, ?> map, int depth) {
    if (map.isEmpty()) {
      out.append("{}");
      return;
    }
    Collection<?> keys =
        sortsKeys ? Ordering.sorted(map.keySet(), Ordering.ASCENDING) : map.keySet();
    out.append('{');
    String separator = "";
    for (Object key : keys) {
      out.append(separator);
      newLine(depth + 1);
      string(key(key));
      out.append(keySeparator);
      value(Objects.requireNonNull(map.get(key)), depth + 1);
      separator = itemSeparator;
    }
    newLine(depth);
    out.append('}');
  }

  private static String key(Object key) {
    String text = Str.of(key);
    if (text != null) {
      return text;
    }
    if (key == None.VALUE) {
      return "null";
    }
    if (Numeric.is(key)) {
      return number(key);
    }
    throw new PythonError("tojson() cannot write a key of type " + Value.typeName(key));
  }

  private void newLine(int depth) {
    if (indent != null) {
      rendering.make((long) indent.length() * depth);
      out.append('\n').append(indent.repeat(depth));
    }
  }

  private void string(String text) {
    rendering.make(text.length());
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\f' -> out.append("\\f");
        case '\b' -> out.append("\\b");
        default -> {
          if (c < ' ' || ascii && c > '~') {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
