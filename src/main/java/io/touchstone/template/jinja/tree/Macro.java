package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.Callable;
import io.touchstone.template.jinja.python.None;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Tuple;
import io.touchstone.template.jinja.python.Undefined;
import io.touchstone.template.jinja.tree.StatementNode.MacroDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A macro, and the scope that it was defined in. */
final class Macro implements Callable {
  private static final String CALLER = "caller";

  private final MacroDefinition definition;
  private final Scope scope;

  Macro(MacroDefinition definition, Scope scope) {
    this.definition = definition;
    this.scope = scope;
  }

  @Override
  public Object call(Arguments arguments, Rendering rendering) {
    int line = rendering.line();
    rendering.enter();
    Scope inner = scope.inner(definition.body().hidden());
    bind(arguments, inner);
    Output output = new Output(rendering);
    definition.body().execute(inner, output);
    rendering.leave();
    rendering.at(line);
    return output.captured();
  }

  private void bind(Arguments arguments, Scope inner) {
    List<MacroDefinition.Parameter> parameters = definition.parameters();
    List<Object> positional = arguments.positional();
    Map<String, Object> named = new LinkedHashMap<>(arguments.named());
    @Nullable Object[] values = new @Nullable Object[parameters.size()];
    for (int i = 0; i < values.length; i++) {
      String name = parameters.get(i).name();
      values[i] = i < positional.size() ? positional.get(i) : named.remove(name);
    }
    bindSpecial(positional, named, inner);
    for (MacroDefinition.Parameter parameter : parameters) {
      inner.put(parameter.name(), Undefined.VALUE);
    }
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      ExpressionNode fallback = parameters.get(i).fallback();
      if (value == null && fallback != null) {
        value = fallback.evaluate(inner);
      }
      inner.put(parameters.get(i).name(), value == null ? Undefined.VALUE : value);
    }
  }

  private void bindSpecial(List<Object> positional, Map<String, Object> named, Scope inner) {
    int count = definition.parameters().size();
    if (takes(CALLER) && !hasParameter(CALLER)) {
      Object caller = named.remove(CALLER);
      inner.put(CALLER, caller == null ? Undefined.VALUE : caller);
    }
    if (takes("kwargs")) {
      inner.put("kwargs", new LinkedHashMap<Object, Object>(named));
    } else if (!named.isEmpty()) {
      throw new PythonError(described() + " got a keyword argument it does not take");
    }
    if (takes("varargs")) {
      inner.put(
          "varargs",
          Tuple.of(positional.subList(Math.min(count, positional.size()), positional.size())));
    } else if (positional.size() > count) {
      throw new PythonError(
          "%s takes at most %d argument(s), found %d"
              .formatted(described(), count, positional.size()));
    }
  }

  private boolean takes(String special) {
    return definition.read().contains(special)
        && (special.equals(CALLER) || !hasParameter(special));
  }

  private boolean hasParameter(String name) {
    return definition.parameters().stream().anyMatch(parameter -> parameter.name().equals(name));
  }

  private String described() {
    return definition.name().isEmpty() ? "caller()" : "macro '" + definition.name() + "'";
  }

  @Override
  public String typeName() {
    return "Macro";
  }

  @Override
  public void writeRepr(StringBuilder out) {
    String name = definition.name();
    out.append("<Macro ").append(name.isEmpty() ? "anonymous" : "'" + name + "'").append('>');
  }

  @Override
  public @Nullable Object attribute(String name) {
    return switch (name) {
      case "name" -> definition.name().isEmpty() ? None.VALUE : definition.name();
      case "arguments" ->
          Tuple.of(
              definition.parameters().stream()
                  .map(parameter -> (Object) parameter.name())
                  .toList());
      case "catch_kwargs" -> takes("kwargs");
      case "catch_varargs" -> takes("varargs");
      case "caller" -> takes(CALLER);
      default -> null;
    };
  }
}
