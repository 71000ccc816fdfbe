package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.DictView;
import io.touchstone.template.jinja.python.Equality;
import io.touchstone.template.jinja.python.Generator;
import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.Markup;
import io.touchstone.template.jinja.python.None;
import io.touchstone.template.jinja.python.Numeric;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Text;
import io.touchstone.template.jinja.python.Undefined;
import io.touchstone.template.jinja.python.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters on sequences as a whole. */
final class SequenceFilters {
  private SequenceFilters() {}

  static void addTo(Map<String, Filter> filters) {
    Filter length =
        (value, arguments, r) -> {
          arguments.bindPositional("length", 0);
          return Iteration.length(value);
        };
    filters.put("length", length);
    filters.put("count", length);
    filters.put("default", SequenceFilters::orDefault);
    filters.put("d", SequenceFilters::orDefault);
    filters.put(
        "list",
        (value, arguments, r) -> {
          arguments.bindPositional("list", 0);
          return Iteration.toList(value, r);
        });
    filters.put(
        "first",
        (value, arguments, r) -> {
          arguments.bindPositional("first", 0);
          return firstOf(Iteration.over(value));
        });
    filters.put("last", SequenceFilters::last);
    filters.put("reverse", SequenceFilters::reverse);
    filters.put("items", SequenceFilters::items);
    filters.put("batch", SequenceFilters::batch);
    filters.put("slice", SequenceFilters::slice);
    filters.put("attr", (value, arguments, r) -> attribute(value, arguments));
  }

  private static Object firstOf(Iterator<?> items) {
    return items.hasNext() ? items.next() : Undefined.VALUE;
  }

  private static Object attribute(Object value, Arguments arguments) {
    Object name = Arguments.required(arguments.bind("attr", "name")[0], "attr", "name");
    String text = StringMethods.text(name, "attr()'s name");
    if (value == Undefined.VALUE) {
      throw new PythonError("an undefined value has no attributes");
    }
    return AttributeLookup.own(value, text);
  }

  private static Object orDefault(Object value, Arguments arguments, Rendering rendering) {
    @Nullable Object[] bound = arguments.bind("default", "default_value", "boolean");
    boolean replaced = value == Undefined.VALUE || Arguments.flag(bound[1]) && !Value.isTrue(value);
    return replaced ? Arguments.orElse(bound[0], "") : value;
  }

  private static Object last(Object value, Arguments arguments, Rendering rendering) {
    arguments.bindPositional("last", 0);
    Iterator<?> reversed = Iteration.reversedOrNull(value);
    if (reversed == null) {
      throw new PythonError("cannot take the last item of " + Value.typeName(value));
    }
    return firstOf(reversed);
  }

  private static Object reverse(Object value, Arguments arguments, Rendering rendering) {
    arguments.bindPositional("reverse", 0);
    String text = Text.of(value);
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

  private static Object items(Object value, Arguments arguments, Rendering rendering) {
    arguments.bindPositional("items", 0);
    if (value == Undefined.VALUE) {
      return new Generator(List.of()::iterator);
    }
    return new Generator(
        () -> {
          if (!(value instanceof Map<?, ?> map)) {
            throw new PythonError("items needs a dict, found " + Value.typeName(value));
          }
          return DictView.pairs(map).iterator();
        });
  }

  private static Object batch(Object value, Arguments arguments, Rendering rendering) {
    @Nullable Object[] bound = arguments.bind("batch", "linecount", "fill_with");
    Object count = Arguments.required(bound[0], "batch", "linecount");
    Object fill = Arguments.orElse(bound[1], None.VALUE);
    return new Generator(() -> batches(value, new Batches(count, fill), rendering));
  }

  private record Batches(Object count, Object fill) {}

  private static Iterator<?> batches(Object value, Batches batches, Rendering rendering) {
    List<Object> all = new ArrayList<>();
    List<Object> current = new ArrayList<>();
    Iterator<?> items = Iteration.over(value);
    while (items.hasNext()) {
      Object item = items.next();
      if (Equality.equal((long) current.size(), batches.count)) {
        all.add(current);
        current = new ArrayList<>();
      }
      rendering.makeItems(1);
      current.add(item);
    }
    if (!current.isEmpty()) {
      if (batches.fill != None.VALUE) {
        int missing = Numeric.toIndex(batches.count, "batch()'s count") - current.size();
        rendering.makeItems(Math.max(0, missing));
        for (int i = 0; i < missing; i++) {
          current.add(batches.fill);
        }
      }
      all.add(current);
    }
    return all.iterator();
  }

  private static Object slice(Object value, Arguments arguments, Rendering rendering) {
    @Nullable Object[] bound = arguments.bind("slice", "slices", "fill_with");
    Object count = Arguments.required(bound[0], "slice", "slices");
    Object fill = Arguments.orElse(bound[1], None.VALUE);
    return new Generator(() -> slices(value, new Batches(count, fill), rendering));
  }

  private static Iterator<?> slices(Object value, Batches batches, Rendering rendering) {
    List<Object> items = Iteration.toList(value, rendering);
    int count = Numeric.toIndex(batches.count, "slice()'s count");
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
      if (batches.fill != None.VALUE && i >= longer) {
        slice.add(batches.fill);
      }
      slices.add(slice);
    }
    return slices.iterator();
  }
}
