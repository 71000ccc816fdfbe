package io.touchstone.template.jinja.python;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a call, filter or test. */
public record Arguments(List<Object> positional, Map<String, Object> named) {
  public static final Arguments NONE = new Arguments(List.of(), Map.of());

  /** Arguments by parameter, as Python binds them. */
  public BoundArguments bind(String function, String... parameters) {
    if (positional.size() > parameters.length) {
      throw new PythonError(
          "%s takes at most %d argument(s), found %d"
              .formatted(function, parameters.length, positional.size()));
    }
    @Nullable Object[] bound = positional.toArray(new @Nullable Object[parameters.length]);
    if (!named.isEmpty()) {
      Map<String, Object> left = new LinkedHashMap<>(named);
      for (int i = 0; i < parameters.length; i++) {
        Object value = left.remove(parameters[i]);
        if (value != null) {
          if (bound[i] != null) {
            throw new PythonError("%s got two values for %s".formatted(function, parameters[i]));
          }
          bound[i] = value;
        }
      }
      if (!left.isEmpty()) {
        throw new PythonError("%s got a keyword argument it does not take".formatted(function));
      }
    }
    return new BoundArguments(function, Arrays.asList(bound));
  }

  /** Binds parameters that Python takes by position only. */
  public BoundArguments bindPositional(String function, int most) {
    bindAll(function);
    return bind(function, new String[most]);
  }

  /** All positional arguments of a function that takes no others. */
  public List<Object> bindAll(String function) {
    if (!named.isEmpty()) {
      throw new PythonError(function + " takes no keyword arguments");
    }
    return positional;
  }

  public Arguments withoutFirst() {
    return new Arguments(positional.subList(1, positional.size()), named);
  }
}
