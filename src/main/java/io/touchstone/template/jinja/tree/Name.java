package io.touchstone.template.jinja.tree;

/** A variable. */
public record Name(String name) implements ExpressionNode {
  /** The text of the block around it; no template can write a variable of this name. */
  public static final Name CAPTURED = new Name("captured text");

  @Override
  public Object evaluate(Scope scope) {
    return scope.get(name);
  }
}
