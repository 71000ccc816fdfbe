package io.touchstone.template.jinja.tree;

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
  private final Map<String, Object> values = new HashMap<>();

  private Scope(@Nullable Scope parent, Rendering rendering) {
    this.parent = parent;
    this.rendering = rendering;
  }

  public static Scope root(Rendering rendering) {
    return new Scope(null, rendering);
  }

  /**
   * @param hidden names that are this scope's own though they have no value yet
   */
  Scope inner(Set<String> hidden) {
    Scope inner = new Scope(this, rendering);
    inner.hide(hidden);
    return inner;
  }

  public void hide(Set<String> hidden) {
    for (String name : hidden) {
      values.put(name, Undefined.VALUE);
    }
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
    return rendering.variable(name);
  }

  void put(String name, Object value) {
    values.put(name, value);
  }
}
