package io.touchstone.template.jinja.python;

import java.util.List;

/** A value whose items have an index. */
interface Sequence extends Value {

  @Override
  List<Object> items();

  /** What Python makes of a slice of this type. */
  Object slice(Slice slice, Rendering rendering);

  @Override
  default boolean isTrue() {
    return !items().isEmpty();
  }
}
