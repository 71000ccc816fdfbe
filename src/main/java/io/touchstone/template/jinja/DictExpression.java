package io.touchstone.template.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code {'a': b}}. */
record DictExpression(List<Pair> pairs) implements Expression {

  /** A key and its value. */
  record Pair(Expression key, Expression value) {}

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
