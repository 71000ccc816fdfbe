package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.Rendering;

/** What {@code value is name(...)} asks. */
public interface Test {
  boolean of(Object value, Arguments arguments, Rendering rendering);
}
