package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.builtin.Globals;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Undefined;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The variables of a template, loop round, macro call or block, and where it stands. */
public final class Scope {
  private final @Nullable Scope parent;
  private final Rendering rendering;
  private final Map<String, Object> values;

  private Scope(@Nullable Scope parent, Rendering rendering, Map<String, Object> values) {
    this.parent = parent;
    this.rendering = rendering;
    this.values = values;
  }

  /**
   * @param variables what the template is handed
   */
  public static Scope root(Rendering rendering, Map<String, Object> variables, Body template) {
    Scope globals = new Scope(null, rendering, Globals.ALL);
    return new Scope(globals, rendering, variables).inner(template.hidden());
  }

  /**
   * @param hidden names that are this scope's own though they have no value yet
   */
  Scope inner(Set<String> hidden) {
    Map<String, Object> values = new HashMap<>();
    for (String name : hidden) {
      values.put(name, Undefined.VALUE);
    }
    return new Scope(this, rendering, values);
  }

  Rendering rendering() {
    return rendering;
  }

  Object get(String name) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      Object value = scope.values.get(name);
      if (value != null) {
        return value;
      }
    }
    return Undefined.VALUE;
  }

  void put(String name, Object value) {
    values.put(name, value);
  }
}
