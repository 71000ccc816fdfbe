package io.touchstone.template.jinja;

/** The text of the block around it; what the filters of a set or filter block are applied to. */
final class CapturedText {
  /** No template can write a variable of this name. */
  static final String VARIABLE = "captured text";

  static final Name NAME = new Name(VARIABLE);

  private CapturedText() {}
}
