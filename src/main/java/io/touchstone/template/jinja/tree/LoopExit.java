package io.touchstone.template.jinja.tree;

/** {@code {% break %}} and {@code {% continue %}}. */
public record LoopExit(Flow flow) implements StatementNode {
  @Override
  public Flow execute(Scope scope, Output output) {
    return flow;
  }
}
