package io.touchstone.template.jinja.python;

/** A value that a template can call. */
public interface Callable {
  Object call(Arguments arguments, Rendering rendering);
}
