package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.Callable;
import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.Markup;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The methods of text marked as safe: those of a str, their results marked, what they add escaped.
 */
final class MarkupMethods {
  private MarkupMethods() {}

  static @Nullable Callable find(Markup markup, String name) {
    if (name.equals("format") || name.equals("format_map")) {
      throw new PythonError("method '%s' of text marked as safe is not supported".formatted(name));
    }
    Callable method = StringMethods.find(markup.text(), name);
    if (method == null) {
      return null;
    }
    return (arguments, rendering) -> {
      Arguments escaped =
          switch (name) {
            case "join" -> escapedItems(arguments, rendering);
            case "replace", "ljust", "rjust", "center" -> escapedSecond(arguments);
            default -> arguments;
          };
      return marked(method.call(escaped, rendering));
    };
  }

  private static Arguments escapedItems(Arguments arguments, Rendering rendering) {
    List<Object> escaped = new ArrayList<>();
    for (Object items : arguments.positional()) {
      escaped.add(
          Iteration.toList(items, rendering).stream()
              .map(item -> (Object) Markup.escape(item).text())
              .toList());
    }
    return new Arguments(escaped, arguments.named());
  }

  private static Arguments escapedSecond(Arguments arguments) {
    List<Object> escaped = new ArrayList<>(arguments.positional());
    if (escaped.size() > 1) {
      escaped.set(1, Markup.escape(escaped.get(1)).text());
    }
    return new Arguments(escaped, arguments.named());
  }

  private static Object marked(Object result) {
    if (result instanceof String text) {
      return new Markup(text);
    }
    if (result instanceof List<?> list) {
      return list.stream().map(MarkupMethods::marked).toList();
    }
    return result instanceof Tuple tuple
        ? Tuple.of(tuple.items().stream().map(MarkupMethods::marked).toList())
        : result;
  }
}
