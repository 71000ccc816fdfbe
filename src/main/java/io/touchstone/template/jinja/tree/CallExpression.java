package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.builtin.Globals;
import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.Callable;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code function(arguments)}. */
public record CallExpression(ExpressionNode function, ArgumentList arguments)
    implements ExpressionNode {
  private static final int MOST_RAISED_CHARS = 500;

  @Override
  public Object evaluate(Scope scope) {
    return call(scope, null);
  }

  /**
   * @param caller the body of a call block, else null
   */
  Object call(Scope scope, @Nullable Object caller) {
    scope.rendering().step();
    Object value = function.evaluate(scope);
    Arguments given = arguments.evaluate(scope);
    if (value == Globals.RAISE_EXCEPTION) {
      throw new PythonError("the template raised: " + raisedWords());
    }
    if (!(value instanceof Callable callable)) {
      throw new PythonError("cannot call " + described(value));
    }
    if (caller != null) {
      Map<String, Object> named = new LinkedHashMap<>(given.named());
      named.put("caller", caller);
      given = new Arguments(given.positional(), named);
    }
    return callable.call(given, scope.rendering());
  }

  private String described(Object value) {
    if (function instanceof Name name) {
      return "'%s', which is %s".formatted(name.name(), Value.typeName(value));
    }
    if (function instanceof AttributeOf attribute) {
      return "'.%s', which is %s".formatted(attribute.name(), Value.typeName(value));
    }
    return Value.typeName(value);
  }

  /** The message without what may be a conversation's text. */
  private String raisedWords() {
    List<ExpressionNode> all = new ArrayList<>(arguments.positional());
    all.addAll(arguments.named().values());
    String words = all.isEmpty() ? "…" : all.get(0).fixedWords();
    return words.length() > MOST_RAISED_CHARS ? words.substring(0, MOST_RAISED_CHARS) + "…" : words;
  }
}
