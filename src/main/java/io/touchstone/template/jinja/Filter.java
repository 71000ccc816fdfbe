package io.touchstone.template.jinja;

/** What {@code value|name(...)} does. */
interface Filter {
  Object apply(Object value, Arguments arguments, Rendering rendering);
}
