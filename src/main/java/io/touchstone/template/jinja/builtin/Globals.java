package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.BoundArguments;
import io.touchstone.template.jinja.python.Callable;
import io.touchstone.template.jinja.python.Equality;
import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.Namespace;
import io.touchstone.template.jinja.python.Numeric;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Range;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Str;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The functions that every template has. */
public final class Globals {
  /** jinja2 has them; chat templates have no use for them. */
  public static final Set<String> UNSUPPORTED = Set.of("cycler", "joiner", "lipsum", "self");

  /** Calls of it by name never get here: a call knows which of its words may be repeated. */
  public static final Callable RAISE_EXCEPTION =
      (arguments, rendering) -> {
        throw new PythonError("the template raised: …");
      };

  public static final Map<String, Object> ALL =
      Map.of(
          "raise_exception", RAISE_EXCEPTION,
          "range", (Callable) Globals::range,
          "dict", (Callable) Globals::dict,
          "namespace", (Callable) (arguments, r) -> new Namespace(dict(arguments, r)),
          "strftime_now", (Callable) Globals::now);

  private Globals() {}

  private static Object range(Arguments arguments, Rendering rendering) {
    BoundArguments bound = arguments.bindPositional("range", 3);
    long first = limit(bound.required(0, "range()", "stop"));
    long step = limit(bound.orElse(2, 1L));
    Object stop = bound.get(1);
    return stop == null ? Range.of(0, first, 1) : Range.of(first, limit(stop), step);
  }

  private static long limit(Object value) {
    return value instanceof Long number ? number : Numeric.toIndex(value, "range()'s argument");
  }

  private static Map<Object, Object> dict(Arguments arguments, Rendering rendering) {
    if (arguments.positional().size() > 1) {
      throw new PythonError("a dict takes one positional argument at most");
    }
    Map<Object, Object> dict = new LinkedHashMap<>();
    for (Object source : arguments.positional()) {
      if (source instanceof Map<?, ?> map) {
        dict.putAll(map);
        continue;
      }
      for (Object item : Iteration.each(source)) {
        List<Object> pair = Iteration.toList(item, rendering);
        if (pair.size() != 2) {
          throw new PythonError("a dict is made of pairs, found %d items".formatted(pair.size()));
        }
        Equality.put(dict, pair.get(0), pair.get(1));
      }
    }
    dict.putAll(arguments.named());
    rendering.makeItems(dict.size());
    return dict;
  }

  private static Object now(Arguments arguments, Rendering rendering) {
    Object format =
        arguments.bind("strftime_now", "format").required(0, "strftime_now()", "format");
    return Strftime.format(Str.required(format, "strftime_now()'s format"), rendering.now());
  }
}
