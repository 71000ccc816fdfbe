package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.BoundArguments;
import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.Markup;
import io.touchstone.template.jinja.python.PercentFormat;
import io.touchstone.template.jinja.python.Printing;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Str;
import io.touchstone.template.jinja.python.Tuple;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filters on text. */
final class TextFilters {
  private static final Pattern WORD = Pattern.compile("[_\\p{L}\\p{N}]+");
  private static final Pattern TITLED =
      Pattern.compile("([^-\\s({\\[<])([^-\\s({\\[<]*)", Pattern.UNICODE_CHARACTER_CLASS);

  private TextFilters() {}

  static void addTo(Map<String, Filter> filters) {
    filters.put("upper", simple("upper", Str::upper));
    filters.put("lower", simple("lower", Str::lower));
    filters.put("capitalize", simple("capitalize", Str::capitalize));
    filters.put("title", simple("title", TextFilters::title));
    filters.put("string", Filter.plain("string", TextFilters::printed));
    filters.put(
        "safe", Filter.plain("safe", (value, r) -> new Markup(Printing.str(printed(value, r)))));
    Filter escape = Filter.plain("escape", TextFilters::escaped);
    filters.put("e", escape);
    filters.put("escape", escape);
    filters.put("forceescape", (value, arguments, r) -> escaped(Printing.str(value), r));
    filters.put("trim", TextFilters::trim);
    filters.put("replace", TextFilters::replace);
    filters.put("center", TextFilters::center);
    filters.put("indent", TextFilters::indent);
    filters.put("truncate", TextFilters::truncate);
    filters.put(
        "wordcount",
        Filter.plain(
            "wordcount", (value, r) -> WORD.matcher(Printing.str(value)).results().count()));
    filters.put("format", TextFilters::format);
    filters.put("tojson", ToJson::write);
    filters.put("join", TextFilters::join);
  }

  private static Filter simple(String name, UnaryOperator<String> operation) {
    return Filter.plain(
        name,
        (value, rendering) -> {
          String text = Printing.str(value);
          rendering.make(text.length());
          return Markup.like(value, operation.apply(text));
        });
  }

  private static Object printed(Object value, Rendering rendering) {
    if (value instanceof Markup) {
      return value;
    }
    String text = Printing.str(value);
    rendering.make(text.length());
    return text;
  }

  private static Object escaped(Object value, Rendering rendering) {
    Markup markup = Markup.escape(value);
    rendering.make(markup.text().length());
    return markup;
  }

  private static String title(String text) {
    return TITLED
        .matcher(text)
        .replaceAll(
            word -> Matcher.quoteReplacement(Str.upper(word.group(1)) + Str.lower(word.group(2))));
  }

  private static Object trim(Object value, Arguments arguments, Rendering rendering) {
    BoundArguments bound = arguments.bind("trim", "chars");
    String text = Printing.str(value);
    String characters = bound.has(0) ? bound.text(0, "trim()'s argument") : null;
    return Markup.like(value, Str.strip(text, characters));
  }

  private static Object replace(Object value, Arguments arguments, Rendering rendering) {
    BoundArguments bound = arguments.bind("replace", "old", "new", "count");
    String old = Printing.str(bound.required(0, "old"));
    String with = Printing.str(bound.required(1, "new"));
    int most = bound.has(2) ? bound.index(2, -1, "replace()'s count") : -1;
    return Str.replace(Printing.str(value), new Str.Replacement(old, with, most), rendering);
  }

  private static Object center(Object value, Arguments arguments, Rendering rendering) {
    Object width = arguments.bind("center", "width").orElse(0, 80L);
    Arguments padding = new Arguments(List.of(width), Map.of());
    return Markup.like(value, Padding.center(Printing.str(value), padding, rendering));
  }

  private static Object indent(Object value, Arguments arguments, Rendering rendering) {
    BoundArguments bound = arguments.bind("indent", "width", "first", "blank");
    String text = Str.required(value, "what indent() is applied to");
    String by = Str.of(bound.orElse(0, 4L));
    if (by == null) {
      int spaces = Math.max(0, bound.index(0, 4, "indent()'s width"));
      rendering.make(spaces);
      by = " ".repeat(spaces);
    }
    boolean blanks = bound.flag(2);
    rendering.makeItems(text.chars().filter(Str::isLineEnd).count() + 1);
    List<Object> lines = Str.lines(text + "\n", Str.LineEnds.DROPPED);
    StringBuilder out = new StringBuilder(bound.flag(1) ? by : "");
    for (int i = 0; i < lines.size(); i++) {
      String line = (String) lines.get(i);
      boolean indented = i > 0 && (blanks || !line.isEmpty());
      rendering.make((long) line.length() + by.length() + 1);
      out.append(i > 0 ? "\n" : "").append(indented ? by : "").append(line);
    }
    return Markup.like(value, out.toString());
  }

  private static Object truncate(Object value, Arguments arguments, Rendering rendering) {
    BoundArguments bound = arguments.bind("truncate", "length", "killwords", "end", "leeway");
    int length = bound.index(0, 255, "truncate()'s length");
    String end = Str.required(bound.orElse(2, "..."), "truncate()'s end");
    int leeway = bound.has(3) ? bound.index(3, 5, "truncate()'s leeway") : 5;
    int endLength = Str.length(end);
    if (length < endLength || leeway < 0) {
      throw new PythonError(
          "truncate() needs a length that holds its end, and a leeway of 0 or more");
    }
    if (Iteration.length(value) <= (long) length + leeway) {
      return value;
    }
    String text = Str.required(value, "what truncate() cuts");
    String cut = text.substring(0, text.offsetByCodePoints(0, length - endLength));
    int space = cut.lastIndexOf(' ');
    boolean cutsWords = bound.flag(1) || space < 0;
    return Markup.like(value, (cutsWords ? cut : cut.substring(0, space)) + end);
  }

  private static Object format(Object value, Arguments arguments, Rendering rendering) {
    if (!arguments.positional().isEmpty() && !arguments.named().isEmpty()) {
      throw new PythonError("format cannot take positional and keyword arguments at once");
    }
    Object values =
        arguments.named().isEmpty() ? Tuple.of(arguments.positional()) : arguments.named();
    return PercentFormat.apply(Printing.str(value), values, rendering);
  }

  private static Object join(Object value, Arguments arguments, Rendering rendering) {
    BoundArguments bound = arguments.bind("join", "d", "attribute");
    String separator = Printing.str(bound.orElse(0, ""));
    AttributePath path = AttributePath.of(bound.get(1), null, rendering);
    return Str.joined(
        Iteration.over(value), separator, item -> Printing.str(path.of(item)), rendering);
  }
}
