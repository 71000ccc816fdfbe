package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.Numeric;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Text;
import org.jspecify.annotations.Nullable;

/** {@code str.center}, {@code ljust}, {@code rjust} and {@code zfill}. */
final class Padding {
  private Padding() {}

  static Object center(String text, Arguments arguments, Rendering rendering) {
    int missing = missing(text, arguments, "center");
    int width = missing + Text.length(text);
    int before = missing / 2 + (missing & width & 1);
    String fill = fill(arguments, "center");
    rendering.make((long) text.length() + missing);
    return fill.repeat(before) + text + fill.repeat(missing - before);
  }

  static Object left(String text, Arguments arguments, Rendering rendering) {
    int missing = missing(text, arguments, "ljust");
    rendering.make((long) text.length() + missing);
    return text + fill(arguments, "ljust").repeat(missing);
  }

  static Object right(String text, Arguments arguments, Rendering rendering) {
    int missing = missing(text, arguments, "rjust");
    rendering.make((long) text.length() + missing);
    return fill(arguments, "rjust").repeat(missing) + text;
  }

  static Object zeros(String text, Arguments arguments, Rendering rendering) {
    arguments.bindPositional("zfill", 1);
    int missing = missing(text, arguments, "zfill");
    rendering.make((long) text.length() + missing);
    boolean signed = text.startsWith("-") || text.startsWith("+");
    int at = signed ? 1 : 0;
    return text.substring(0, at) + "0".repeat(missing) + text.substring(at);
  }

  private static int missing(String text, Arguments arguments, String method) {
    Object width = Arguments.required(arguments.bindPositional(method, 2)[0], method, "width");
    return Math.max(0, Numeric.toIndex(width, method + "()'s width") - Text.length(text));
  }

  private static String fill(Arguments arguments, String method) {
    @Nullable Object fill = arguments.bindPositional(method, 2)[1];
    if (fill == null) {
      return " ";
    }
    String text = StringMethods.text(fill, method + "()'s fill");
    if (Text.length(text) != 1) {
      throw new PythonError(method + "()'s fill must be one character");
    }
    return text;
  }
}
