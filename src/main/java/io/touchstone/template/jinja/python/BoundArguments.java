package io.touchstone.template.jinja.python;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of a call by their parameters' places. */
public record BoundArguments(String function, List<@Nullable Object> values) {

  /** The argument, or null where it was not given. */
  public @Nullable Object get(int place) {
    return values.get(place);
  }

  /** Tells whether it was given, and is not None. */
  public boolean has(int place) {
    return values.get(place) != null && values.get(place) != None.VALUE;
  }

  public boolean flag(int place) {
    Object value = values.get(place);
    return value != null && Value.isTrue(value);
  }

  public Object orElse(int place, Object fallback) {
    Object value = values.get(place);
    return value == null ? fallback : value;
  }

  public Object required(int place, String parameter) {
    return required(place, function, parameter);
  }

  /**
   * @param called what a message calls the function
   */
  public Object required(int place, String called, String parameter) {
    Object value = values.get(place);
    if (value == null) {
      throw new PythonError("%s misses its argument %s".formatted(called, parameter));
    }
    return value;
  }

  public String text(int place, String what) {
    return Str.required(values.get(place), what);
  }

  public int index(int place, int fallback, String what) {
    Object value = values.get(place);
    return value == null ? fallback : Numeric.toIndex(value, what);
  }
}
