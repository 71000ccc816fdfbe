package io.touchstone.template.jinja.python;

/** A value that a template can call. */
public interface Callable extends Value {
  Object call(Arguments arguments, Rendering rendering);

  @Override
  default String typeName() {
    return "function";
  }
}
