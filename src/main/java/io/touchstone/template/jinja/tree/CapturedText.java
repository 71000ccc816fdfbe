package io.touchstone.template.jinja.tree;

/** The text of the block around it; what the filters of a set or filter block are applied to. */
public final class CapturedText {
  /** No template can write a variable of this name. */
  static final String VARIABLE = "captured text";

  public static final Name NAME = new Name(VARIABLE);

  private CapturedText() {}
}
