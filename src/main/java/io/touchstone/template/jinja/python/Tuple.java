package io.touchstone.template.jinja.python;

import java.util.List;

/**
 * Python's tuple.
 *
 * @param names of the items where it is a named tuple, else empty
 */
public record Tuple(List<Object> items, List<String> names) {

  public static Tuple of(Object... items) {
    return new Tuple(List.of(items), List.of());
  }

  public static Tuple of(List<Object> items) {
    return new Tuple(items, List.of());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tuple tuple && items.equals(tuple.items);
  }

  @Override
  public int hashCode() {
    return items.hashCode();
  }
}
