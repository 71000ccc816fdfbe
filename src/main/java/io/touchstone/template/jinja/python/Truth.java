package io.touchstone.template.jinja.python;

import io.touchstone.template.jinja.tree.LoopState;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Python's truth of a value. */
public final class Truth {
  private Truth() {}

  public static boolean of(Object value) {
    if (value instanceof Boolean bool) {
      return bool;
    }
    if (value == None.VALUE || value == Undefined.VALUE) {
      return false;
    }
    if (value instanceof String text) {
      return !text.isEmpty();
    }
    if (value instanceof Markup markup) {
      return !markup.text().isEmpty();
    }
    if (value instanceof List<?> list) {
      return !list.isEmpty();
    }
    if (value instanceof Map<?, ?> map) {
      return !map.isEmpty();
    }
    if (value instanceof Long number) {
      return number != 0;
    }
    if (value instanceof Double number) {
      return number != 0;
    }
    if (value instanceof BigInteger number) {
      return number.signum() != 0;
    }
    if (value instanceof Tuple tuple) {
      return !tuple.items().isEmpty();
    }
    if (value instanceof Range range) {
      return !range.items().isEmpty();
    }
    if (value instanceof DictView view) {
      return !view.dict().isEmpty();
    }
    if (value instanceof LoopState loop) {
      return loop.length() != 0;
    }
    return true;
  }
}
