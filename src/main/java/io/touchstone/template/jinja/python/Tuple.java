package io.touchstone.template.jinja.python;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Python's tuple.
 *
 * @param names of the items where it is a named tuple, else empty
 */
public record Tuple(List<Object> items, List<String> names) implements Sequence {

  static Tuple of(Object... items) {
    return new Tuple(List.of(items), List.of());
  }

  public static Tuple of(List<Object> items) {
    return new Tuple(items, List.of());
  }

  @Override
  public String typeName() {
    return "tuple";
  }

  @Override
  public void writeRepr(StringBuilder out) {
    Printing.writeItems(items, "(", items.size() == 1 ? ",)" : ")", out);
  }

  @Override
  public @Nullable Object attribute(String name) {
    int named = names.indexOf(name);
    return named < 0 ? null : items.get(named);
  }

  @Override
  public Object slice(Slice slice, Rendering rendering) {
    return Tuple.of(slice.of(items, rendering));
  }

  @Override
  public boolean isHashable() {
    return items.stream().allMatch(Equality::isHashable);
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
