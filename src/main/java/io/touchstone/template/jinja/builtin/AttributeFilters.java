package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.DictView;
import io.touchstone.template.jinja.python.Equality;
import io.touchstone.template.jinja.python.Generator;
import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.Operators;
import io.touchstone.template.jinja.python.Ordering;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Splitting;
import io.touchstone.template.jinja.python.Text;
import io.touchstone.template.jinja.python.Tuple;
import io.touchstone.template.jinja.python.Undefined;
import io.touchstone.template.jinja.python.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    filters.put(
        "min",
        (value, arguments, r) -> extreme(value, arguments, r, (a, b) -> Ordering.isLess(a, b)));
    filters.put(
        "max",
        (value, arguments, r) -> extreme(value, arguments, r, (a, b) -> Ordering.isLess(b, a)));
  }

  private static UnaryOperator<Object> key(AttributePath path, @Nullable Object caseSensitive) {
    return Arguments.flag(caseSensitive)
        ? path::of
        : item -> AttributePath.ignoringCase(path.of(item));
  }

  /** An item beside what it is ordered by, which is computed once. */
  private record Keyed(Object key, Object item) {}

  private static List<Object> sorted(
      List<Object> items, UnaryOperator<Object> key, boolean reverse) {
    List<Object> keyed = new ArrayList<>(items.size());
    items.forEach(item -> keyed.add(new Keyed(key.apply(item), item)));
    Comparator<Object> order =
        (a, b) -> Ordering.ASCENDING.compare(((Keyed) a).key, ((Keyed) b).key);
    Ordering.sort(keyed, reverse ? order.reversed() : order);
    keyed.replaceAll(entry -> ((Keyed) entry).item);
    return keyed;
  }

  private static Object sort(Object value, Arguments arguments, Rendering rendering) {
    @Nullable Object[] bound = arguments.bind("sort", "reverse", "case_sensitive", "attribute");
    List<UnaryOperator<Object>> keys = new ArrayList<>();
    String text = bound[2] == null ? null : Text.of(bound[2]);
    if (text == null) {
      keys.add(key(AttributePath.of(bound[2], null, rendering), bound[1]));
    } else {
      for (Object part : Splitting.at(text, ",", -1, rendering)) {
        keys.add(key(AttributePath.of(part, null, rendering), bound[1]));
      }
    }
    UnaryOperator<Object> all = item -> keys.stream().map(key -> key.apply(item)).toList();
    return sorted(Iteration.toList(value, rendering), all, Arguments.flag(bound[0]));
  }

  private static Object sortDict(Object value, Arguments arguments, Rendering rendering) {
    @Nullable Object[] bound = arguments.bind("dictsort", "case_sensitive", "by", "reverse");
    Object by = Arguments.orElse(bound[1], "key");
    boolean byValue = by.equals("value");
    if (!byValue && !by.equals("key")) {
      throw new PythonError("dictsort sorts by key or by value");
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new PythonError("dictsort needs a dict, found " + Value.typeName(value));
    }
    rendering.makeItems(map.size());
    UnaryOperator<Object> key =
        pair -> {
          Object part = ((Tuple) pair).items().get(byValue ? 1 : 0);
          return Arguments.flag(bound[0]) ? part : AttributePath.ignoringCase(part);
        };
    return sorted(DictView.pairs(map), key, Arguments.flag(bound[2]));
  }

  private static Object unique(Object value, Arguments arguments, Rendering rendering) {
    @Nullable Object[] bound = arguments.bind("unique", "case_sensitive", "attribute");
    return new Generator(
        () -> {
          UnaryOperator<Object> key = key(AttributePath.of(bound[1], null, rendering), bound[0]);
          Set<Object> seen = new HashSet<>();
          List<Object> items = new ArrayList<>();
          Iterator<?> all = Iteration.over(value);
          while (all.hasNext()) {
            Object item = all.next();
            rendering.makeItems(1);
            if (seen.add(Equality.canonicalKey(key.apply(item)))) {
              items.add(item);
            }
          }
          return items.iterator();
        });
  }

  private static Object group(Object value, Arguments arguments, Rendering rendering) {
    @Nullable Object[] bound = arguments.bind("groupby", "attribute", "default", "case_sensitive");
    AttributePath path =
        AttributePath.of(Arguments.required(bound[0], "groupby", "attribute"), bound[1], rendering);
    UnaryOperator<Object> key = key(path, bound[2]);
    List<Object> items = sorted(Iteration.toList(value, rendering), key, false);
    List<Object> groups = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= items.size(); i++) {
      boolean ends =
          i == items.size()
              || !Equality.equal(key.apply(items.get(start)), key.apply(items.get(i)));
      if (ends) {
        List<Object> members = new ArrayList<>(items.subList(start, i));
        groups.add(
            new Tuple(List.of(path.of(members.get(0)), members), List.of("grouper", "list")));
        start = i;
      }
    }
    return groups;
  }

  private static Object sum(Object value, Arguments arguments, Rendering rendering) {
    @Nullable Object[] bound = arguments.bind("sum", "attribute", "start");
    AttributePath path = AttributePath.of(bound[0], null, rendering);
    Object total = Arguments.orElse(bound[1], 0L);
    if (Text.of(total) != null) {
      throw new PythonError("sum cannot start with a str");
    }
    Iterator<?> items = Iteration.over(value);
    while (items.hasNext()) {
      rendering.step();
      total = Operators.add(total, path.of(items.next()), rendering);
    }
    return total;
  }

  /** Whether the first of two replaces the second. */
  private interface Better {
    boolean than(Object candidate, Object best);
  }

  private static Object extreme(
      Object value, Arguments arguments, Rendering rendering, Better better) {
    @Nullable Object[] bound = arguments.bind("min and max", "case_sensitive", "attribute");
    UnaryOperator<Object> key = key(AttributePath.of(bound[1], null, rendering), bound[0]);
    Iterator<?> items = Iteration.over(value);
    Object best = Undefined.VALUE;
    Object bestKey = Undefined.VALUE;
    for (boolean first = true; items.hasNext(); first = false) {
      Object item = items.next();
      Object itemKey = key.apply(item);
      if (first || better.than(itemKey, bestKey)) {
        best = item;
        bestKey = itemKey;
      }
    }
    return best;
  }
}
