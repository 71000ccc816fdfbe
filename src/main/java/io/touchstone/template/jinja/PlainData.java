package io.touchstone.template.jinja;

import io.touchstone.template.jinja.python.None;
import io.touchstone.template.jinja.python.Numeric;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Data from outside as the evaluator's values; anything that JSON does not know is refused. */
final class PlainData {
  private PlainData() {}

  static Object of(@Nullable Object value) {
    if (value == null) {
      return None.VALUE;
    }
    if (value instanceof String
        || value instanceof Boolean
        || value instanceof Long
        || value instanceof Double) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> plain = new LinkedHashMap<>();
      map.forEach((key, item) -> plain.put(key, of(item)));
      return plain;
    }
    if (value instanceof List<?> list) {
      List<Object> plain = new ArrayList<>(list.size());
      list.forEach(item -> plain.add(of(item)));
      return plain;
    }
    if (value instanceof BigInteger number) {
      return Numeric.integer(number);
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float || value instanceof BigDecimal) {
      return ((Number) value).doubleValue();
    }
    throw new TemplateException(
        "chat template: no value of JSON: " + value.getClass().getSimpleName());
  }
}
