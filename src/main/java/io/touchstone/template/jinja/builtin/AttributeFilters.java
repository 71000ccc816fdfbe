package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.BoundArguments;
import io.touchstone.template.jinja.python.DictView;
import io.touchstone.template.jinja.python.Equality;
import io.touchstone.template.jinja.python.Generator;
import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.None;
import io.touchstone.template.jinja.python.Operators;
import io.touchstone.template.jinja.python.Ordering;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Splitting;
import io.touchstone.template.jinja.python.Str;
import io.touchstone.template.jinja.python.Tuple;
import io.touchstone.template.jinja.python.Undefined;
import io.touchstone.template.jinja.python.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Filters that order and group items, by themselves or by an attribute. */
final class AttributeFilters {
  private AttributeFilters() {}

  static void addTo(Map<String, Filter> filters) {
    filters.put("sort", AttributeFilters::sort);
    filters.put("dictsort", AttributeFilters::sortDict);
    filters.put("unique", AttributeFilters::unique);
    filters.put("groupby", AttributeFilters::group);
    filters.put("sum", AttributeFilters::sum);
    filters.put("min", (value, arguments, r) -> extreme(value, arguments, r, Ordering::isLess));
    filters.put(
        "max",
        (value, arguments, r) -> extreme(value, arguments, r, (a, b) -> Ordering.isLess(b, a)));
  }

  private static UnaryOperator<Object> key(AttributePath path, boolean caseSensitive) {
    return caseSensitive ? path::of : item -> AttributePath.ignoringCase(path.of(item));
  }

  /** An item beside what it is ordered by, which is computed once. */
  private record Keyed(Object key, Object item) {}

  private static List<Object> sorted(
      List<Object> items, UnaryOperator<Object> key, boolean reverse) {
    Comparator<Keyed> order = Comparator.comparing(Keyed::key, Ordering.ASCENDING);
    List<Keyed> keyed = items.stream().map(item -> new Keyed(key.apply(item), item)).toList();
    List<Keyed> sorted = Ordering.sorted(keyed, reverse ? order.reversed() : order);
    return sorted.stream().map(Keyed::item).toList();
  }

  private static Object sort(Object value, Arguments arguments, Rendering rendering) {
    BoundArguments bound = arguments.bind("sort", "reverse", "case_sensitive", "attribute");
    Object attribute = bound.orElse(2, None.VALUE);
    String text = Str.of(attribute);
    List<Object> parts = text == null ? List.of(attribute) : Splitting.at(text, ",", -1, rendering);
    List<UnaryOperator<Object>> keys = new ArrayList<>();
    for (Object part : parts) {
      keys.add(key(AttributePath.of(part, null, rendering), bound.flag(1)));
    }
    UnaryOperator<Object> all = item -> keys.stream().map(key -> key.apply(item)).toList();
    return sorted(Iteration.toList(value, rendering), all, bound.flag(0));
  }

  private static Object sortDict(Object value, Arguments arguments, Rendering rendering) {
    BoundArguments bound = arguments.bind("dictsort", "case_sensitive", "by", "reverse");
    Object by = bound.orElse(1, "key");
    boolean byValue = by.equals("value");
    if (!byValue && !by.equals("key")) {
      throw new PythonError("dictsort sorts by key or by value");
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new PythonError("dictsort needs a dict, found " + Value.typeName(value));
    }
    rendering.makeItems(map.size());
    AttributePath part = AttributePath.of(byValue ? 1L : 0L, null, rendering);
    return sorted(DictView.pairs(map), key(part, bound.flag(0)), bound.flag(2));
  }

  private static Object unique(Object value, Arguments arguments, Rendering rendering) {
    BoundArguments bound = arguments.bind("unique", "case_sensitive", "attribute");
    return new Generator(
        () -> {
          UnaryOperator<Object> key =
              key(AttributePath.of(bound.get(1), null, rendering), bound.flag(0));
          Set<Object> seen = new HashSet<>();
          List<Object> items = new ArrayList<>();
          for (Object item : Iteration.each(value)) {
            rendering.makeItems(1);
            if (seen.add(Equality.canonicalKey(key.apply(item)))) {
              items.add(item);
            }
          }
          return items.iterator();
        });
  }

  private static Object group(Object value, Arguments arguments, Rendering rendering) {
    BoundArguments bound = arguments.bind("groupby", "attribute", "default", "case_sensitive");
    AttributePath path = AttributePath.of(bound.required(0, "attribute"), bound.get(1), rendering);
    UnaryOperator<Object> key = key(path, bound.flag(2));
    List<Object> items = sorted(Iteration.toList(value, rendering), key, false);
    List<Object> groups = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= items.size(); i++) {
      if (i == items.size()
          || !Equality.equal(key.apply(items.get(start)), key.apply(items.get(i)))) {
        List<Object> members = items.subList(start, i);
        groups.add(
            new Tuple(List.of(path.of(members.get(0)), members), List.of("grouper", "list")));
        start = i;
      }
    }
    return groups;
  }

  private static Object sum(Object value, Arguments arguments, Rendering rendering) {
    BoundArguments bound = arguments.bind("sum", "attribute", "start");
    AttributePath path = AttributePath.of(bound.get(0), null, rendering);
    Object total = bound.orElse(1, 0L);
    if (Str.of(total) != null) {
      throw new PythonError("sum cannot start with a str");
    }
    for (Object item : Iteration.each(value)) {
      rendering.step();
      total = Operators.add(total, path.of(item), rendering);
    }
    return total;
  }

  /**
   * @param better whether the first of two replaces the second
   */
  private static Object extreme(
      Object value, Arguments arguments, Rendering rendering, BiPredicate<Object, Object> better) {
    BoundArguments bound = arguments.bind("min and max", "case_sensitive", "attribute");
    UnaryOperator<Object> key = key(AttributePath.of(bound.get(1), null, rendering), bound.flag(0));
    Object best = Undefined.VALUE;
    @Nullable Object bestKey = null;
    for (Object item : Iteration.each(value)) {
      Object itemKey = key.apply(item);
      if (bestKey == null || better.test(itemKey, bestKey)) {
        best = item;
        bestKey = itemKey;
      }
    }
    return best;
  }
}
