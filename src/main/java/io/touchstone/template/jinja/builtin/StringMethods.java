package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.BoundArguments;
import io.touchstone.template.jinja.python.Callable;
import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Splitting;
import io.touchstone.template.jinja.python.Str;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The methods of a Python str. */
public final class StringMethods {
  /** Python has them; templates hardly use them, so they are refused by name. */
  public static final Set<String> UNSUPPORTED =
      Set.of("encode expandtabs format_map isidentifier istitle maketrans translate".split(" "));

  private static final Map<String, Method> METHODS = new HashMap<>();

  /** A method of a text. */
  interface Method {
    Object call(String text, Arguments arguments, Rendering rendering);
  }

  static {
    simple("capitalize", Str::capitalize);
    simple("casefold", text -> Str.lower(Str.upper(text)));
    simple("lower", Str::lower);
    simple("upper", Str::upper);
    simple("swapcase", StringMethods::swapCase);
    simple("title", Str::title);
    test("isalnum", c -> Character.isLetter(c) || Str.isNumeric(c));
    test("isalpha", Character::isLetter);
    test("isdecimal", Character::isDigit);
    test("isdigit", c -> Character.isDigit(c) || isSuperscript(c));
    test("isnumeric", Str::isNumeric);
    test("isspace", Str::isSpace);
    METHODS.put("isascii", (text, arguments, r) -> text.chars().allMatch(c -> c < 128));
    METHODS.put(
        "isprintable", (text, arguments, r) -> text.codePoints().allMatch(Str::isPrintable));
    METHODS.put("islower", (text, arguments, r) -> isLower(text));
    METHODS.put("isupper", (text, arguments, r) -> isUpper(text));
    strip("strip", Str::strip);
    strip("lstrip", Str::stripLeft);
    strip("rstrip", Str::stripRight);
    METHODS.put("split", StringMethods::split);
    METHODS.put("rsplit", StringMethods::splitFromRight);
    METHODS.put("splitlines", StringMethods::splitLines);
    withText("partition", Splitting::partition);
    withText("rpartition", Splitting::partitionFromRight);
    withText("removeprefix", (text, s) -> text.startsWith(s) ? text.substring(s.length()) : text);
    withText(
        "removesuffix",
        (text, s) -> text.endsWith(s) ? text.substring(0, text.length() - s.length()) : text);
    METHODS.put("replace", StringMethods::replace);
    METHODS.put("join", StringMethods::join);
    METHODS.put("format", BraceFormat::apply);
    METHODS.put("startswith", StringSearch::startsWith);
    METHODS.put("endswith", StringSearch::endsWith);
    METHODS.put("find", StringSearch::find);
    METHODS.put("rfind", StringSearch::findLast);
    METHODS.put("index", (text, a, r) -> StringSearch.required(StringSearch.find(text, a, r)));
    METHODS.put("rindex", (text, a, r) -> StringSearch.required(StringSearch.findLast(text, a, r)));
    METHODS.put("count", StringSearch::count);
    METHODS.put("center", Padding::center);
    METHODS.put("ljust", Padding::left);
    METHODS.put("rjust", Padding::right);
    METHODS.put("zfill", Padding::zeros);
  }

  private StringMethods() {}

  private static void simple(String name, UnaryOperator<String> operation) {
    METHODS.put(
        name,
        (text, arguments, rendering) -> {
          arguments.bindPositional(name, 0);
          rendering.make(text.length());
          return operation.apply(text);
        });
  }

  private static void test(String name, IntPredicate test) {
    METHODS.put(
        name,
        (text, arguments, rendering) -> {
          arguments.bindPositional(name, 0);
          return !text.isEmpty() && text.codePoints().allMatch(test);
        });
  }

  private static void withText(String name, BiFunction<String, String, Object> operation) {
    METHODS.put(
        name,
        (text, arguments, rendering) ->
            operation.apply(
                text, arguments.bindPositional(name, 1).text(0, name + "()'s argument")));
  }

  /** Strips what it is told to, or white space. */
  private interface Strip {
    String of(String text, @Nullable String characters);
  }

  private static void strip(String name, Strip strip) {
    METHODS.put(
        name,
        (text, arguments, rendering) -> {
          BoundArguments bound = arguments.bindPositional(name, 1);
          return strip.of(text, bound.has(0) ? bound.text(0, name + "()'s argument") : null);
        });
  }

  static @Nullable Callable find(String text, String name) {
    Method method = METHODS.get(name);
    if (method != null) {
      return (arguments, rendering) -> method.call(text, arguments, rendering);
    }
    if (UNSUPPORTED.contains(name)) {
      throw new PythonError("method '" + name + "' is not supported");
    }
    return null;
  }

  private static boolean isSuperscript(int c) {
    return Character.getType(c) == Character.OTHER_NUMBER
        && Character.getNumericValue(c) >= 0
        && Character.getNumericValue(c) < 10
        && !(c >= 0x3007 && c <= 0xffff);
  }

  private static String swapCase(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              String character = Character.toString(c);
              out.append(
                  Character.isUpperCase(c)
                      ? Str.lower(character)
                      : Character.isLowerCase(c) ? Str.upper(character) : character);
            });
    return out.toString();
  }

  static boolean isLower(String text) {
    return text.codePoints().anyMatch(Character::isLowerCase)
        && text.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
  }

  static boolean isUpper(String text) {
    return text.codePoints().anyMatch(Character::isUpperCase)
        && text.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
  }

  private static Object split(String text, Arguments arguments, Rendering rendering) {
    BoundArguments bound = arguments.bind("split", "sep", "maxsplit");
    rendering.make(text.length());
    int most = bound.index(1, -1, "maxsplit");
    return bound.has(0)
        ? Splitting.at(text, bound.text(0, "a separator"), most, rendering)
        : Splitting.atSpaces(text, most, rendering);
  }

  private static Object splitFromRight(String text, Arguments arguments, Rendering rendering) {
    BoundArguments bound = arguments.bind("rsplit", "sep", "maxsplit");
    rendering.make(text.length());
    int most = bound.index(1, -1, "maxsplit");
    return bound.has(0)
        ? Splitting.atFromRight(text, bound.text(0, "a separator"), most, rendering)
        : Splitting.atSpacesFromRight(text, most, rendering);
  }

  private static Object splitLines(String text, Arguments arguments, Rendering rendering) {
    BoundArguments bound = arguments.bind("splitlines", "keepends");
    rendering.make(text.length());
    rendering.makeItems(text.chars().filter(Str::isLineEnd).count() + 1);
    return Str.lines(text, bound.flag(0) ? Str.LineEnds.KEPT : Str.LineEnds.DROPPED);
  }

  private static Object replace(String text, Arguments arguments, Rendering rendering) {
    BoundArguments bound = arguments.bindPositional("replace", 3);
    int most = bound.index(2, -1, "replace()'s count");
    String old = bound.text(0, "replace()'s argument");
    String with = bound.text(1, "replace()'s argument");
    return Str.replace(text, new Str.Replacement(old, with, most), rendering);
  }

  private static Object join(String separator, Arguments arguments, Rendering rendering) {
    Object items = arguments.bindPositional("join", 1).required(0, "iterable");
    return Str.joined(
        Iteration.over(items), separator, item -> Str.required(item, "join()'s item"), rendering);
  }
}
