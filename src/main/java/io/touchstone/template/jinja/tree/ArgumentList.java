package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Str;
import io.touchstone.template.jinja.python.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The arguments as the template writes them. */
public record ArgumentList(
    List<ExpressionNode> positional,
    Map<String, ExpressionNode> named,
    @Nullable ExpressionNode spreadItems,
    @Nullable ExpressionNode spreadNames) {
  private static final int MOST_RAISED_CHARS = 500;
  public static final ArgumentList NONE = new ArgumentList(List.of(), Map.of(), null, null);

  Arguments evaluate(Scope scope) {
    if (positional.isEmpty() && named.isEmpty() && spreadItems == null && spreadNames == null) {
      return Arguments.NONE;
    }
    List<Object> items = new ArrayList<>(positional.size());
    for (ExpressionNode expression : positional) {
      items.add(expression.evaluate(scope));
    }
    if (spreadItems != null) {
      items.addAll(Iteration.toList(spreadItems.evaluate(scope), scope.rendering()));
    }
    if (named.isEmpty() && spreadNames == null) {
      return new Arguments(items, Map.of());
    }
    Map<String, Object> names = new LinkedHashMap<>();
    named.forEach((name, expression) -> names.put(name, expression.evaluate(scope)));
    if (spreadNames != null) {
      spread(spreadNames.evaluate(scope), names);
    }
    return new Arguments(items, names);
  }

  /** The first argument's words, without what may be a conversation's text. */
  String fixedWords() {
    String words =
        Stream.concat(positional.stream(), named.values().stream())
            .map(ExpressionNode::fixedWords)
            .findFirst()
            .orElse("…");
    return words.length() > MOST_RAISED_CHARS ? words.substring(0, MOST_RAISED_CHARS) + "…" : words;
  }

  private static void spread(Object value, Map<String, Object> names) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new PythonError("** needs a dict, found " + Value.typeName(value));
    }
    map.forEach(
        (key, item) -> {
          String name = Str.required(key, "a keyword argument's name");
          if (names.put(name, item) != null) {
            throw new PythonError("two values for one keyword argument");
          }
        });
  }
}
