package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.BoundArguments;
import io.touchstone.template.jinja.python.Callable;
import io.touchstone.template.jinja.python.DictView;
import io.touchstone.template.jinja.python.Equality;
import io.touchstone.template.jinja.python.None;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Undefined;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of a Python dict. */
final class DictMethods {
  private DictMethods() {}

  static @Nullable Object find(Map<?, ?> map, String name) {
    return switch (name) {
      // They would write to the dict, which the sandbox does not let a template do.
      case "clear", "pop", "popitem", "setdefault", "update" -> Undefined.VALUE;
      case "keys" -> view(map, DictView.Kind.KEYS);
      case "values" -> view(map, DictView.Kind.VALUES);
      case "items" -> view(map, DictView.Kind.ITEMS);
      case "copy" -> (Callable) (arguments, rendering) -> copy(map, arguments, rendering);
      case "get" -> (Callable) (arguments, rendering) -> get(map, arguments);
      case "fromkeys" -> throw new PythonError("method 'fromkeys' is not supported");
      default -> name.startsWith("__") && name.endsWith("__") ? Undefined.VALUE : null;
    };
  }

  private static Callable view(Map<?, ?> map, DictView.Kind kind) {
    return (arguments, rendering) -> {
      DictView view = new DictView(kind, map);
      arguments.bindPositional(view.typeName(), 0);
      return view;
    };
  }

  private static Object copy(Map<?, ?> map, Arguments arguments, Rendering rendering) {
    arguments.bindPositional("copy", 0);
    rendering.makeItems(map.size());
    return new LinkedHashMap<Object, Object>(map);
  }

  private static Object get(Map<?, ?> map, Arguments arguments) {
    BoundArguments bound = arguments.bindPositional("get", 2);
    Object key = bound.required(0, "key");
    Equality.requireHashable(key);
    Object found = Equality.find(map, key);
    return found == null ? bound.orElse(1, None.VALUE) : found;
  }
}
