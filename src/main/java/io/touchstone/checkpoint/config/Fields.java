package io.touchstone.checkpoint.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.tokenizer.transformers.JsonValue;
import java.util.OptionalInt;

/**
 * The fields of one JSON object, read as what they must be. A value that is none becomes a problem
 * and the default, so that reading goes on and finds the next problem.
 *
 * @param prefix of the fields' names in problems
 * @param place that problems name
 */
public record Fields(JsonNode object, String prefix, Problem place, Problems problems) {
  public static Fields of(JsonNode object, Problem file, Problems problems) {
    return new Fields(object, "", file, problems);
  }

  /** The fields of an object in this one; none where there is something else. */
  public Fields in(String name) {
    JsonNode inner = get(name);
    return new Fields(
        inner.isObject() ? inner : MissingNode.getInstance(), prefix + name + ".", place, problems);
  }

  /** Fields of another object that stand in the place of these. */
  public Fields of(JsonNode other) {
    return new Fields(other, prefix, place, problems);
  }

  /** The same fields, what is wrong with them gathered apart. */
  public Fields with(Problems others) {
    return new Fields(object, prefix, place, others);
  }

  public JsonNode get(String name) {
    return object.path(name);
  }

  public boolean has(String name) {
    return object.has(name);
  }

  public boolean given(String name) {
    return object.hasNonNull(name);
  }

  /** Reports a field that is not what it must be. */
  public void expected(String name, String expected) {
    expected(name, expected, shown(get(name)));
  }

  public void expected(String name, String expected, String found) {
    problems.add(place.field(prefix + name).expected(expected).found(found));
  }

  public int count(String name, int absent) {
    return has(name) ? countUpTo(name, Integer.MAX_VALUE).orElse(absent) : absent;
  }

  /** A count that is at least 1; empty when it is not, which has then been reported. */
  public OptionalInt countUpTo(String name, int most) {
    JsonNode value = get(name);
    if (value.isIntegralNumber() && value.canConvertToInt()) {
      int number = value.intValue();
      if (number >= 1 && number <= most) {
        return OptionalInt.of(number);
      }
    }
    expected(name, "an integer from 1 to " + most);
    return OptionalInt.empty();
  }

  public double positive(String name, double absent) {
    return has(name) ? positive(name) : absent;
  }

  public double positive(String name) {
    JsonNode value = get(name);
    double number = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (number > 0 && number < Double.POSITIVE_INFINITY) {
      return number;
    }
    expected(name, "a positive number");
    return 1;
  }

  public boolean flag(String name) {
    JsonNode value = get(name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      expected(name, "true or false");
    }
    return value.booleanValue();
  }

  /** A flag that counts as something else than false where there is none. */
  public boolean flag(String name, boolean absent) {
    return has(name) ? flag(name) : absent;
  }

  /** The same fields, and a number where there is none of that name. */
  public Fields orElse(String name, int number) {
    if (has(name) || !object.isObject()) {
      return this;
    }
    ObjectNode filled = ((ObjectNode) object.deepCopy()).put(name, number);
    return new Fields(filled, prefix, place, problems);
  }

  /** The same fields, of which one is as other fields have it. */
  public Fields instead(String name, Fields of) {
    if (!object.isObject()) {
      return this;
    }
    ObjectNode changed = (ObjectNode) object.deepCopy();
    if (of.has(name)) {
      changed.set(name, of.get(name));
    } else {
      changed.remove(name);
    }
    return new Fields(changed, prefix, place, problems);
  }

  public static String shown(JsonNode value) {
    return JsonValue.shown(value);
  }
}
