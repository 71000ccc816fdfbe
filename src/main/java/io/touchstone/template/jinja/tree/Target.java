package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.Namespace;
import io.touchstone.template.jinja.python.PythonError;
import java.util.Iterator;
import java.util.List;

/** What can be assigned to. */
public sealed interface Target {

  void assign(Object value, Scope scope);

  /** Raises where this holds an attribute of something that is no namespace. */
  default void check(Scope scope) {}

  /** A variable. */
  record Variable(String name) implements Target {
    @Override
    public void assign(Object value, Scope scope) {
      scope.put(name, value);
    }
  }

  /** An attribute of a namespace. */
  record Attribute(String namespace, String name) implements Target {
    @Override
    public void assign(Object value, Scope scope) {
      ((Namespace) scope.get(namespace)).put(name, value);
    }

    @Override
    public void check(Scope scope) {
      if (!(scope.get(namespace) instanceof Namespace)) {
        throw new PythonError("'%s' is no namespace".formatted(namespace));
      }
    }
  }

  /** Several, for the items of one value. */
  record Several(List<Target> targets) implements Target {
    @Override
    public void assign(Object value, Scope scope) {
      Iterator<?> items = Iteration.over(value);
      Object[] values = new Object[targets.size()];
      for (int i = 0; i < values.length; i++) {
        if (!items.hasNext()) {
          throw new PythonError(
              "cannot unpack: expected %d items, found %d".formatted(values.length, i));
        }
        values[i] = items.next();
      }
      if (items.hasNext()) {
        throw new PythonError(
            "cannot unpack: expected %d items, found more".formatted(values.length));
      }
      for (int i = 0; i < values.length; i++) {
        targets.get(i).assign(values[i], scope);
      }
    }

    @Override
    public void check(Scope scope) {
      targets.forEach(target -> target.check(scope));
    }
  }
}
