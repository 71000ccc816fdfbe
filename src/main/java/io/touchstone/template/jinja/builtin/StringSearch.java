package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.None;
import io.touchstone.template.jinja.python.Numeric;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Text;
import io.touchstone.template.jinja.python.Tuple;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Searching in a str, within bounds counted in code points. */
final class StringSearch {
  private StringSearch() {}

  /** UTF-16 offsets; {@code reachable} is false where Python's start lies beyond the end. */
  private record Window(int start, int stop, boolean reachable) {}

  private static Window window(String text, @Nullable Object from, @Nullable Object to) {
    if (from == null && to == null) {
      return new Window(0, text.length(), true);
    }
    int length = Text.length(text);
    int start = from == null || from == None.VALUE ? 0 : Numeric.toIndex(from, "a search's start");
    int stop = to == null || to == None.VALUE ? length : Numeric.toIndex(to, "a search's end");
    start = start < 0 ? Math.max(0, start + length) : start;
    stop = stop < 0 ? Math.max(0, stop + length) : Math.min(stop, length);
    if (start > stop) {
      return new Window(0, 0, false);
    }
    return new Window(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, stop), true);
  }

  static boolean startsWith(String text, Arguments arguments) {
    @Nullable Object[] bound = arguments.bindPositional("startswith", 3);
    Window window = window(text, bound[1], bound[2]);
    String part = text.substring(window.start, window.stop);
    return matches(
        bound[0], "startswith", candidate -> window.reachable && part.startsWith(candidate));
  }

  static boolean endsWith(String text, Arguments arguments) {
    @Nullable Object[] bound = arguments.bindPositional("endswith", 3);
    Window window = window(text, bound[1], bound[2]);
    String part = text.substring(window.start, window.stop);
    return matches(bound[0], "endswith", candidate -> window.reachable && part.endsWith(candidate));
  }

  private static boolean matches(@Nullable Object wanted, String method, Predicate<String> test) {
    if (wanted instanceof Tuple tuple) {
      for (Object candidate : tuple.items()) {
        if (test.test(StringMethods.text(candidate, method + "()'s argument"))) {
          return true;
        }
      }
      return false;
    }
    return test.test(StringMethods.text(wanted, method + "()'s argument"));
  }

  static long find(String text, Arguments arguments) {
    @Nullable Object[] bound = arguments.bindPositional("find", 3);
    String wanted = StringMethods.text(bound[0], "a search's argument");
    Window window = window(text, bound[1], bound[2]);
    int found = window.reachable ? text.substring(window.start, window.stop).indexOf(wanted) : -1;
    return found < 0 ? -1 : text.codePointCount(0, window.start + found);
  }

  static long findLast(String text, Arguments arguments) {
    @Nullable Object[] bound = arguments.bindPositional("rfind", 3);
    String wanted = StringMethods.text(bound[0], "a search's argument");
    Window window = window(text, bound[1], bound[2]);
    int found =
        window.reachable ? text.substring(window.start, window.stop).lastIndexOf(wanted) : -1;
    return found < 0 ? -1 : text.codePointCount(0, window.start + found);
  }

  static long required(long found) {
    if (found < 0) {
      throw new PythonError("substring not found");
    }
    return found;
  }

  static long count(String text, Arguments arguments) {
    @Nullable Object[] bound = arguments.bindPositional("count", 3);
    String wanted = StringMethods.text(bound[0], "count()'s argument");
    Window window = window(text, bound[1], bound[2]);
    String part = text.substring(window.start, window.stop);
    if (!window.reachable) {
      return 0;
    }
    if (wanted.isEmpty()) {
      return Text.length(part) + 1L;
    }
    long count = 0;
    for (int i = part.indexOf(wanted); i >= 0; i = part.indexOf(wanted, i + wanted.length())) {
      count++;
    }
    return count;
  }
}
