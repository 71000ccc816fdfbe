package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.BoundArguments;
import io.touchstone.template.jinja.python.Numeric;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Str;

/** {@code str.center}, {@code ljust}, {@code rjust} and {@code zfill}. */
final class Padding {
  private Padding() {}

  static String center(String text, Arguments arguments, Rendering rendering) {
    BoundArguments bound = arguments.bindPositional("center", 2);
    int missing = missing(text, bound);
    int width = missing + Str.length(text);
    int before = missing / 2 + (missing & width & 1);
    String fill = fill(bound);
    rendering.make((long) text.length() + missing);
    return fill.repeat(before) + text + fill.repeat(missing - before);
  }

  static String left(String text, Arguments arguments, Rendering rendering) {
    return text + beside(text, arguments.bindPositional("ljust", 2), rendering);
  }

  static String right(String text, Arguments arguments, Rendering rendering) {
    return beside(text, arguments.bindPositional("rjust", 2), rendering) + text;
  }

  private static String beside(String text, BoundArguments bound, Rendering rendering) {
    int missing = missing(text, bound);
    rendering.make((long) text.length() + missing);
    return fill(bound).repeat(missing);
  }

  static String zeros(String text, Arguments arguments, Rendering rendering) {
    int missing = missing(text, arguments.bindPositional("zfill", 1));
    rendering.make((long) text.length() + missing);
    int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    return text.substring(0, sign) + "0".repeat(missing) + text.substring(sign);
  }

  private static int missing(String text, BoundArguments bound) {
    int width = Numeric.toIndex(bound.required(0, "width"), bound.function() + "()'s width");
    return Math.max(0, width - Str.length(text));
  }

  private static String fill(BoundArguments bound) {
    if (bound.get(1) == null) {
      return " ";
    }
    String text = bound.text(1, bound.function() + "()'s fill");
    if (Str.length(text) != 1) {
      throw new PythonError(bound.function() + "()'s fill must be one character");
    }
    return text;
  }
}
