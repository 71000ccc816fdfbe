package io.touchstone.template.jinja;

/** {@code {% break %}} and {@code {% continue %}}. */
record LoopExit(Flow flow) implements Statement {

  @Override
  public Flow execute(Scope scope, Output output) {
    return flow;
  }
}
