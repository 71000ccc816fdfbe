package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.Printing;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code '{} {name} {0.attr} {0[key]!r:>8}'.format(...)}, sandboxed as jinja2 does. */
final class BraceFormat {
  private static final Pattern PATH_PART = Pattern.compile("\\.([^.\\[]*)|\\[([^\\]]*)]");

  private final Arguments arguments;
  private final Rendering rendering;
  private int next;
  private boolean numbered;

  private BraceFormat(Arguments arguments, Rendering rendering) {
    this.arguments = arguments;
    this.rendering = rendering;
  }

  static Object apply(String format, Arguments arguments, Rendering rendering) {
    return new BraceFormat(arguments, rendering).render(format, 2);
  }

  private String render(String format, int depth) {
    if (depth == 0) {
      throw new PythonError("max string recursion exceeded");
    }
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < format.length()) {
      char c = format.charAt(i);
      if ((c == '{' || c == '}') && i + 1 < format.length() && format.charAt(i + 1) == c) {
        out.append(c);
        i += 2;
      } else if (c == '{') {
        int end = closing(format, i);
        String text = field(format.substring(i + 1, end), depth);
        rendering.make(text.length());
        out.append(text);
        i = end + 1;
      } else if (c == '}') {
        throw new PythonError("single '}' in a format string");
      } else {
        out.append(c);
        i++;
      }
    }
    rendering.make(format.length());
    return out.toString();
  }

  private static int closing(String format, int open) {
    int depth = 0;
    for (int i = open; i < format.length(); i++) {
      depth += format.charAt(i) == '{' ? 1 : format.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new PythonError("expected '}' before the end of a format string");
  }

  private String field(String field, int depth) {
    int colon = field.indexOf(':');
    String spec = colon < 0 ? "" : render(field.substring(colon + 1), depth - 1);
    String head = colon < 0 ? field : field.substring(0, colon);
    int bang = head.indexOf('!');
    Object value = lookUp(bang < 0 ? head : head.substring(0, bang));
    if (bang >= 0) {
      value =
          switch (head.substring(bang + 1)) {
            case "r" -> Printing.repr(value);
            case "s" -> Printing.str(value);
            default -> throw new PythonError("unsupported conversion in a format string");
          };
    }
    return spec.isEmpty() ? Printing.str(value) : FormatSpec.parse(spec).apply(value);
  }

  private Object lookUp(String path) {
    Matcher part = PATH_PART.matcher(path);
    int end = 0;
    while (end < path.length() && ".[".indexOf(path.charAt(end)) < 0) {
      end++;
    }
    Object value = first(path.substring(0, end));
    for (int i = end; i < path.length(); i = part.end()) {
      if (!part.region(i, path.length()).lookingAt()) {
        throw new PythonError("malformed field in a format string");
      }
      String name = part.group(1);
      value = name == null ? Lookup.item(value, key(part.group(2))) : Lookup.attribute(value, name);
    }
    return value;
  }

  private static Object key(String text) {
    return isNumber(text) ? (Object) Long.valueOf(text) : text;
  }

  private Object first(String name) {
    if (name.isEmpty() ? numbered : isNumber(name) && next > 0) {
      throw new PythonError("a format string mixes numbered and automatic fields");
    }
    if (name.isEmpty()) {
      return positional(next++);
    }
    if (isNumber(name)) {
      numbered = true;
      return positional(Integer.parseInt(name));
    }
    Object value = arguments.named().get(name);
    if (value == null) {
      throw new PythonError("format() misses a named argument");
    }
    return value;
  }

  private Object positional(int index) {
    if (index >= arguments.positional().size()) {
      throw new PythonError("format() misses a positional argument");
    }
    return arguments.positional().get(index);
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.length() < 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
