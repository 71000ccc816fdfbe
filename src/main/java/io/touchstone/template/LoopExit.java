package io.touchstone.template;

/** {@code {% break %}} and {@code {% continue %}}. */
record LoopExit(Flow flow) implements Statement {

  @Override
  public Flow execute(Scope scope, Output output) {
    return flow;
  }
}
