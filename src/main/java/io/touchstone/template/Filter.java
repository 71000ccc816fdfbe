package io.touchstone.template;

/** What {@code value|name(...)} does. */
interface Filter {
  Object apply(Object value, Arguments arguments, Rendering rendering);
}
