package io.touchstone.template.jinja;

/** A value that a template can call. */
interface Callable {
  Object call(Arguments arguments, Rendering rendering);
}
