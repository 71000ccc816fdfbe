package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.Rendering;

/** What {@code value|name(...)} does. */
public interface Filter {
  Object apply(Object value, Arguments arguments, Rendering rendering);
}
