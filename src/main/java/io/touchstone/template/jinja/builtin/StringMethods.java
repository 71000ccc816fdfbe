package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.Callable;
import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.None;
import io.touchstone.template.jinja.python.Numeric;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Splitting;
import io.touchstone.template.jinja.python.Text;
import io.touchstone.template.jinja.python.Value;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The methods of a Python str. */
public final class StringMethods {
  /** Python has them; templates hardly use them, so they are refused by name. */
  public static final Set<String> UNSUPPORTED =
      Set.of(
          "encode",
          "expandtabs",
          "format_map",
          "isidentifier",
          "istitle",
          "maketrans",
          "translate");

  private static final Map<String, Method> METHODS = new HashMap<>();

  /** A method of a text. */
  interface Method {
    Object call(String text, Arguments arguments, Rendering rendering);
  }

  static {
    simple("capitalize", Text::capitalize);
    simple("casefold", text -> Text.lower(Text.upper(text)));
    simple("lower", Text::lower);
    simple("upper", Text::upper);
    simple("swapcase", StringMethods::swapCase);
    simple("title", Text::title);
    test("isalnum", c -> Character.isLetter(c) || Text.isNumeric(c));
    test("isalpha", Character::isLetter);
    test("isdecimal", Character::isDigit);
    test(
        "isdigit",
        c ->
            Character.isDigit(c)
                || Text.isNumeric(c) && Character.digit(c, 10) < 0 && isSuperscript(c));
    test("isnumeric", Text::isNumeric);
    test("isspace", Text::isSpace);
    METHODS.put("isascii", (text, arguments, r) -> text.chars().allMatch(c -> c < 128));
    METHODS.put(
        "isprintable", (text, arguments, r) -> text.codePoints().allMatch(Text::isPrintable));
    METHODS.put("islower", (text, arguments, r) -> isLower(text));
    METHODS.put("isupper", (text, arguments, r) -> isUpper(text));
    METHODS.put("strip", (text, arguments, r) -> Text.strip(text, characters(arguments, "strip")));
    METHODS.put(
        "lstrip", (text, arguments, r) -> Text.stripLeft(text, characters(arguments, "lstrip")));
    METHODS.put(
        "rstrip", (text, arguments, r) -> Text.stripRight(text, characters(arguments, "rstrip")));
    METHODS.put("split", StringMethods::split);
    METHODS.put("rsplit", StringMethods::splitFromRight);
    METHODS.put("splitlines", StringMethods::splitLines);
    METHODS.put(
        "partition",
        (text, arguments, r) -> Splitting.partition(text, only(arguments, "partition")));
    METHODS.put(
        "rpartition",
        (text, arguments, r) -> Splitting.partitionFromRight(text, only(arguments, "rpartition")));
    METHODS.put(
        "removeprefix",
        (text, arguments, r) -> {
          String prefix = only(arguments, "removeprefix");
          return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
        });
    METHODS.put(
        "removesuffix",
        (text, arguments, r) -> {
          String suffix = only(arguments, "removesuffix");
          return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
        });
    METHODS.put("replace", StringMethods::replace);
    METHODS.put(
        "join", (text, arguments, r) -> join(text, arguments.bindPositional("join", 1)[0], r));
    METHODS.put("format", BraceFormat::apply);
    METHODS.put("startswith", (text, arguments, r) -> StringSearch.startsWith(text, arguments));
    METHODS.put("endswith", (text, arguments, r) -> StringSearch.endsWith(text, arguments));
    METHODS.put("find", (text, arguments, r) -> StringSearch.find(text, arguments));
    METHODS.put("rfind", (text, arguments, r) -> StringSearch.findLast(text, arguments));
    METHODS.put(
        "index", (text, arguments, r) -> StringSearch.required(StringSearch.find(text, arguments)));
    METHODS.put(
        "rindex",
        (text, arguments, r) -> StringSearch.required(StringSearch.findLast(text, arguments)));
    METHODS.put("count", (text, arguments, r) -> StringSearch.count(text, arguments));
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

  static @Nullable Object find(String text, String name) {
    Method method = METHODS.get(name);
    if (method != null) {
      return (Callable) (arguments, rendering) -> method.call(text, arguments, rendering);
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
                      ? Text.lower(character)
                      : Character.isLowerCase(c) ? Text.upper(character) : character);
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

  public static String text(@Nullable Object value, String what) {
    String text = value == null ? null : Text.of(value);
    if (text == null) {
      throw new PythonError(
          "%s must be a str, found %s"
              .formatted(what, value == null ? "nothing" : Value.typeName(value)));
    }
    return text;
  }

  private static String only(Arguments arguments, String method) {
    return text(arguments.bindPositional(method, 1)[0], method + "()'s argument");
  }

  private static @Nullable String characters(Arguments arguments, String method) {
    Object value = arguments.bindPositional(method, 1)[0];
    return value == null || value == None.VALUE ? null : text(value, method + "()'s argument");
  }

  private static Object split(String text, Arguments arguments, Rendering rendering) {
    @Nullable Object[] bound = arguments.bind("split", "sep", "maxsplit");
    rendering.make(text.length());
    int most = bound[1] == null ? -1 : Numeric.toIndex(bound[1], "maxsplit");
    return bound[0] == null || bound[0] == None.VALUE
        ? Splitting.atSpaces(text, most, rendering)
        : Splitting.at(text, text(bound[0], "a separator"), most, rendering);
  }

  private static Object splitFromRight(String text, Arguments arguments, Rendering rendering) {
    @Nullable Object[] bound = arguments.bind("rsplit", "sep", "maxsplit");
    rendering.make(text.length());
    int most = bound[1] == null ? -1 : Numeric.toIndex(bound[1], "maxsplit");
    return bound[0] == null || bound[0] == None.VALUE
        ? Splitting.atSpacesFromRight(text, most, rendering)
        : Splitting.atFromRight(text, text(bound[0], "a separator"), most, rendering);
  }

  private static Object splitLines(String text, Arguments arguments, Rendering rendering) {
    @Nullable Object[] bound = arguments.bind("splitlines", "keepends");
    rendering.make(text.length());
    rendering.makeItems(text.chars().filter(Text::isLineEnd).count() + 1);
    return Text.lines(text, Arguments.flag(bound[0]) ? Text.LineEnds.KEPT : Text.LineEnds.DROPPED);
  }

  private static Object replace(String text, Arguments arguments, Rendering rendering) {
    @Nullable Object[] bound = arguments.bindPositional("replace", 3);
    int most = bound[2] == null ? -1 : Numeric.toIndex(bound[2], "replace()'s count");
    return Text.replace(
        text,
        new Text.Replacement(
            text(bound[0], "replace()'s argument"), text(bound[1], "replace()'s argument"), most),
        rendering);
  }

  private static Object join(String separator, @Nullable Object items, Rendering rendering) {
    Iterator<?> iterator = Iteration.over(Arguments.required(items, "join", "iterable"));
    StringBuilder out = new StringBuilder();
    for (boolean first = true; iterator.hasNext(); first = false) {
      String item = text(iterator.next(), "join()'s item");
      rendering.make((long) item.length() + separator.length());
      out.append(first ? "" : separator).append(item);
    }
    return out.toString();
  }
}
