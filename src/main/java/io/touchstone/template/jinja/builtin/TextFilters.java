package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.Markup;
import io.touchstone.template.jinja.python.None;
import io.touchstone.template.jinja.python.Numeric;
import io.touchstone.template.jinja.python.PercentFormat;
import io.touchstone.template.jinja.python.Printing;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Text;
import io.touchstone.template.jinja.python.Tuple;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Filters on text. */
final class TextFilters {
  private static final Pattern WORD_BEGINNING =
      Pattern.compile("[-\\s({\\[<]+", Pattern.UNICODE_CHARACTER_CLASS);

  private TextFilters() {}

  static void addTo(Map<String, Filter> filters) {
    filters.put("upper", simple("upper", Text::upper));
    filters.put("lower", simple("lower", Text::lower));
    filters.put("capitalize", simple("capitalize", Text::capitalize));
    filters.put("title", simple("title", TextFilters::title));
    filters.put(
        "string",
        (value, arguments, r) -> {
          arguments.bindPositional("string", 0);
          return value instanceof Markup ? value : made(Printing.str(value), r);
        });
    filters.put(
        "safe",
        (value, arguments, r) -> {
          arguments.bindPositional("safe", 0);
          return value instanceof Markup ? value : new Markup(made(Printing.str(value), r));
        });
    Filter escape =
        (value, arguments, r) -> {
          arguments.bindPositional("escape", 0);
          return escaped(value, r);
        };
    filters.put("e", escape);
    filters.put("escape", escape);
    filters.put("forceescape", (value, arguments, r) -> escaped(Printing.str(value), r));
    filters.put("trim", TextFilters::trim);
    filters.put("replace", TextFilters::replace);
    filters.put("center", TextFilters::center);
    filters.put("indent", TextFilters::indent);
    filters.put("truncate", TextFilters::truncate);
    filters.put("wordcount", TextFilters::countWords);
    filters.put("format", TextFilters::format);
    filters.put("tojson", ToJson::write);
    filters.put("join", TextFilters::join);
  }

  private static Filter simple(String name, UnaryOperator<String> operation) {
    return (value, arguments, rendering) -> {
      arguments.bindPositional(name, 0);
      String text = Printing.str(value);
      rendering.make(text.length());
      return Markup.like(value, operation.apply(text));
    };
  }

  private static String made(String text, Rendering rendering) {
    rendering.make(text.length());
    return text;
  }

  private static Object escaped(Object value, Rendering rendering) {
    Markup markup = Markup.escape(value);
    rendering.make(markup.text().length());
    return markup;
  }

  private static String title(String text) {
    StringBuilder out = new StringBuilder(text.length());
    Matcher matcher = WORD_BEGINNING.matcher(text);
    int start = 0;
    while (matcher.find()) {
      appendWord(text.substring(start, matcher.start()), out);
      appendWord(matcher.group(), out);
      start = matcher.end();
    }
    appendWord(text.substring(start), out);
    return out.toString();
  }

  private static void appendWord(String word, StringBuilder out) {
    if (!word.isEmpty()) {
      int second = word.offsetByCodePoints(0, 1);
      out.append(Text.upper(word.substring(0, second))).append(Text.lower(word.substring(second)));
    }
  }

  private static Object trim(Object value, Arguments arguments, Rendering rendering) {
    Object characters = arguments.bind("trim", "chars")[0];
    String text = Printing.str(value);
    if (characters == null || characters == None.VALUE) {
      return Markup.like(value, Text.strip(text, null));
    }
    return Markup.like(
        value, Text.strip(text, StringMethods.text(characters, "trim()'s argument")));
  }

  private static Object replace(Object value, Arguments arguments, Rendering rendering) {
    @Nullable Object[] bound = arguments.bind("replace", "old", "new", "count");
    String old = Printing.str(Arguments.required(bound[0], "replace", "old"));
    String with = Printing.str(Arguments.required(bound[1], "replace", "new"));
    int most =
        bound[2] == null || bound[2] == None.VALUE
            ? -1
            : Numeric.toIndex(bound[2], "replace()'s count");
    return Text.replace(Printing.str(value), new Text.Replacement(old, with, most), rendering);
  }

  private static Object center(Object value, Arguments arguments, Rendering rendering) {
    Object width = Arguments.orElse(arguments.bind("center", "width")[0], 80L);
    return Markup.like(
        value,
        (String)
            Padding.center(
                Printing.str(value), new Arguments(List.of(width), Map.of()), rendering));
  }

  private static Object indent(Object value, Arguments arguments, Rendering rendering) {
    @Nullable Object[] bound = arguments.bind("indent", "width", "first", "blank");
    String text = StringMethods.text(value, "what indent() is applied to");
    Object width = Arguments.orElse(bound[0], 4L);
    String by = Text.of(width);
    if (by == null) {
      int spaces = Math.max(0, Numeric.toIndex(width, "indent()'s width"));
      rendering.make(spaces);
      by = " ".repeat(spaces);
    }
    boolean blanks = Arguments.flag(bound[2]);
    rendering.makeItems(text.chars().filter(Text::isLineEnd).count() + 1);
    List<Object> lines = Text.lines(text + "\n", Text.LineEnds.DROPPED);
    StringBuilder out = new StringBuilder(Arguments.flag(bound[1]) ? by : "");
    for (int i = 0; i < lines.size(); i++) {
      String line = (String) lines.get(i);
      boolean indented = i > 0 && (blanks || !line.isEmpty());
      rendering.make((long) line.length() + by.length() + 1);
      out.append(i > 0 ? "\n" : "").append(indented ? by : "").append(line);
    }
    return Markup.like(value, out.toString());
  }

  private static Object truncate(Object value, Arguments arguments, Rendering rendering) {
    @Nullable Object[] bound = arguments.bind("truncate", "length", "killwords", "end", "leeway");
    int length = Numeric.toIndex(Arguments.orElse(bound[0], 255L), "truncate()'s length");
    String end = StringMethods.text(Arguments.orElse(bound[2], "..."), "truncate()'s end");
    Object leewayOrNone = Arguments.orElse(bound[3], None.VALUE);
    int leeway =
        leewayOrNone == None.VALUE ? 5 : Numeric.toIndex(leewayOrNone, "truncate()'s leeway");
    int endLength = Text.length(end);
    if (length < endLength || leeway < 0) {
      throw new PythonError(
          "truncate() needs a length that holds its end, and a leeway of 0 or more");
    }
    if (Iteration.length(value) <= (long) length + leeway) {
      return value;
    }
    String text = StringMethods.text(value, "what truncate() cuts");
    String cut = text.substring(0, text.offsetByCodePoints(0, length - endLength));
    int space = cut.lastIndexOf(' ');
    boolean cutsWords = Arguments.flag(bound[1]) || space < 0;
    return Markup.like(value, (cutsWords ? cut : cut.substring(0, space)) + end);
  }

  private static Object countWords(Object value, Arguments arguments, Rendering rendering) {
    arguments.bindPositional("wordcount", 0);
    String text = Printing.str(value);
    long words = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      boolean part = c == '_' || Character.isLetter(c) || Text.isNumeric(c);
      words += part && !inWord ? 1 : 0;
      inWord = part;
      i += Character.charCount(c);
    }
    return words;
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
    @Nullable Object[] bound = arguments.bind("join", "d", "attribute");
    String separator = Printing.str(Arguments.orElse(bound[0], ""));
    AttributePath path = AttributePath.of(bound[1], null, rendering);
    StringBuilder out = new StringBuilder();
    var items = Iteration.over(value);
    for (boolean first = true; items.hasNext(); first = false) {
      String item = Printing.str(path.of(items.next()));
      rendering.make((long) item.length() + separator.length());
      out.append(first ? "" : separator).append(item);
    }
    return out.toString();
  }
}
