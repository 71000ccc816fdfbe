package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.BoundArguments;
import io.touchstone.template.jinja.python.DictView;
import io.touchstone.template.jinja.python.Equality;
import io.touchstone.template.jinja.python.Generator;
import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.Markup;
import io.touchstone.template.jinja.python.Numeric;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Str;
import io.touchstone.template.jinja.python.Undefined;
import io.touchstone.template.jinja.python.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Filters on sequences as a whole. */
final class SequenceFilters {
  private SequenceFilters() {}

  static void addTo(Map<String, Filter> filters) {
    Filter length = Filter.plain("length", (value, r) -> Iteration.length(value));
    filters.put("length", length);
    filters.put("count", length);
    filters.put("default", SequenceFilters::orDefault);
    filters.put("d", SequenceFilters::orDefault);
    filters.put("list", Filter.plain("list", Iteration::toList));
    filters.put("first", Filter.plain("first", (value, r) -> firstOf(Iteration.over(value))));
    filters.put("last", Filter.plain("last", (value, r) -> last(value)));
    filters.put("reverse", Filter.plain("reverse", SequenceFilters::reverse));
    filters.put("items", Filter.plain("items", (value, r) -> new Generator(() -> pairs(value))));
    filters.put("batch", SequenceFilters::batch);
    filters.put("slice", SequenceFilters::slice);
    filters.put("attr", SequenceFilters::attribute);
  }

  private static Object firstOf(Iterator<?> items) {
    return items.hasNext() ? items.next() : Undefined.VALUE;
  }

  private static Object attribute(Object value, Arguments arguments, Rendering rendering) {
    Object name = arguments.bind("attr", "name").required(0, "name");
    String text = Str.required(name, "attr()'s name");
    if (value == Undefined.VALUE) {
      throw new PythonError("an undefined value has no attributes");
    }
    return Lookup.own(value, text);
  }

  private static Object orDefault(Object value, Arguments arguments, Rendering rendering) {
    BoundArguments bound = arguments.bind("default", "default_value", "boolean");
    boolean replaced = value == Undefined.VALUE || bound.flag(1) && !Value.isTrue(value);
    return replaced ? bound.orElse(0, "") : value;
  }

  private static Object last(Object value) {
    Iterator<?> reversed = Iteration.reversedOrNull(value);
    if (reversed == null) {
      throw new PythonError("cannot take the last item of " + Value.typeName(value));
    }
    return firstOf(reversed);
  }

  private static Object reverse(Object value, Rendering rendering) {
    String text = Str.of(value);
    Iterator<?> reversed = Iteration.reversedOrNull(value);
    if (text != null && reversed != null) {
      rendering.make(text.length());
      StringBuilder out = new StringBuilder();
      reversed.forEachRemaining(out::append);
      return Markup.like(value, out.toString());
    }
    if (reversed != null) {
      return new Generator(() -> reversed);
    }
    List<Object> items = Iteration.toList(value, rendering);
    Collections.reverse(items);
    return items;
  }

  private static Iterator<?> pairs(Object value) {
    if (value == Undefined.VALUE) {
      return List.of().iterator();
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new PythonError("items needs a dict, found " + Value.typeName(value));
    }
    return DictView.pairs(map).iterator();
  }

  private static Object batch(Object value, Arguments arguments, Rendering rendering) {
    BoundArguments bound = arguments.bind("batch", "linecount", "fill_with");
    bound.required(0, "linecount");
    return new Generator(() -> batches(value, bound, rendering));
  }

  private static Iterator<?> batches(Object value, BoundArguments bound, Rendering rendering) {
    Object count = bound.required(0, "linecount");
    List<Object> all = new ArrayList<>();
    List<Object> current = new ArrayList<>();
    for (Object item : Iteration.each(value)) {
      if (Equality.equal((long) current.size(), count)) {
        all.add(current);
        current = new ArrayList<>();
      }
      rendering.makeItems(1);
      current.add(item);
    }
    if (!current.isEmpty()) {
      if (bound.has(1)) {
        int missing = Math.max(0, Numeric.toIndex(count, "batch()'s count") - current.size());
        rendering.makeItems(missing);
        current.addAll(Collections.nCopies(missing, bound.required(1, "fill_with")));
      }
      all.add(current);
    }
    return all.iterator();
  }

  private static Object slice(Object value, Arguments arguments, Rendering rendering) {
    BoundArguments bound = arguments.bind("slice", "slices", "fill_with");
    bound.required(0, "slices");
    return new Generator(() -> slices(value, bound, rendering));
  }

  private static Iterator<?> slices(Object value, BoundArguments bound, Rendering rendering) {
    List<Object> items = Iteration.toList(value, rendering);
    int count = bound.index(0, 0, "slice()'s count");
    if (count == 0) {
      throw new PythonError("division by zero");
    }
    rendering.makeItems(Math.max(0, count));
    List<Object> slices = new ArrayList<>();
    int size = Math.floorDiv(items.size(), count);
    int longer = Math.floorMod(items.size(), count);
    int offset = 0;
    for (int i = 0; i < count; i++) {
      int start = offset + i * size;
      offset += i < longer ? 1 : 0;
      List<Object> slice = new ArrayList<>(items.subList(start, offset + (i + 1) * size));
      if (bound.has(1) && i >= longer) {
        slice.add(bound.required(1, "fill_with"));
      }
      slices.add(slice);
    }
    return slices.iterator();
  }
}
