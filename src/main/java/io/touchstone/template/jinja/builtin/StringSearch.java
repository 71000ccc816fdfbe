package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.BoundArguments;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Str;
import io.touchstone.template.jinja.python.Tuple;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.ToIntBiFunction;

/** Searching in a str, within bounds counted in code points. */
final class StringSearch {
  private StringSearch() {}

  /**
   * What is searched.
   *
   * @param start its UTF-16 offset
   * @param reachable false where Python's start lies beyond the end
   */
  private record Window(String part, int start, boolean reachable) {}

  private static Window window(String text, BoundArguments bound) {
    if (bound.get(1) == null && bound.get(2) == null) {
      return new Window(text, 0, true);
    }
    int length = Str.length(text);
    int start = bound.has(1) ? bound.index(1, 0, "a search's start") : 0;
    int stop = bound.has(2) ? bound.index(2, 0, "a search's end") : length;
    start = start < 0 ? Math.max(0, start + length) : start;
    stop = stop < 0 ? Math.max(0, stop + length) : Math.min(stop, length);
    if (start > stop) {
      return new Window("", 0, false);
    }
    int from = text.offsetByCodePoints(0, start);
    return new Window(text.substring(from, text.offsetByCodePoints(0, stop)), from, true);
  }

  static boolean startsWith(String text, Arguments arguments, Rendering rendering) {
    return matches(text, arguments.bindPositional("startswith", 3), String::startsWith);
  }

  static boolean endsWith(String text, Arguments arguments, Rendering rendering) {
    return matches(text, arguments.bindPositional("endswith", 3), String::endsWith);
  }

  private static boolean matches(
      String text, BoundArguments bound, BiPredicate<String, String> test) {
    Window window = window(text, bound);
    String what = bound.function() + "()'s argument";
    List<Object> parts =
        bound.get(0) instanceof Tuple tuple ? tuple.items() : List.of(bound.text(0, what));
    return parts.stream()
        .map(part -> Str.required(part, what))
        .anyMatch(part -> window.reachable && test.test(window.part, part));
  }

  static long find(String text, Arguments arguments, Rendering rendering) {
    return found(text, arguments.bindPositional("find", 3), String::indexOf);
  }

  static long findLast(String text, Arguments arguments, Rendering rendering) {
    return found(text, arguments.bindPositional("rfind", 3), String::lastIndexOf);
  }

  private static long found(
      String text, BoundArguments bound, ToIntBiFunction<String, String> search) {
    String wanted = bound.text(0, "a search's argument");
    Window window = window(text, bound);
    int at = search.applyAsInt(window.part, wanted);
    return at < 0 || !window.reachable ? -1 : text.codePointCount(0, window.start + at);
  }

  static long required(long found) {
    if (found < 0) {
      throw new PythonError("substring not found");
    }
    return found;
  }

  static long count(String text, Arguments arguments, Rendering rendering) {
    BoundArguments bound = arguments.bindPositional("count", 3);
    String wanted = bound.text(0, "count()'s argument");
    Window window = window(text, bound);
    String part = window.part;
    if (!window.reachable) {
      return 0;
    }
    if (wanted.isEmpty()) {
      return Str.length(part) + 1L;
    }
    long count = 0;
    for (int i = part.indexOf(wanted); i >= 0; i = part.indexOf(wanted, i + wanted.length())) {
      count++;
    }
    return count;
  }
}
