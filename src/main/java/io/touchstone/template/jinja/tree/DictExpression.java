package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.python.Equality;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code {'a': b}}. */
public record DictExpression(List<Pair> pairs) implements ExpressionNode {

  /** A key and its value. */
  public record Pair(ExpressionNode key, ExpressionNode value) {}

  @Override
  public Object evaluate(Scope scope) {
    scope.rendering().makeItems(pairs.size());
    Map<Object, Object> dict = new LinkedHashMap<>();
    for (Pair pair : pairs) {
      Object key = pair.key.evaluate(scope);
      Equality.put(dict, key, pair.value.evaluate(scope));
    }
    return dict;
  }
}
