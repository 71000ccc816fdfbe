package io.touchstone.template.jinja.tree;

/** transformers' {@code {% generation %}}: its text, as if the tag were not there. */
public record GenerationBlock(Body body) implements StatementNode {
  @Override
  public Flow execute(Scope scope, Output output) {
    Output captured = new Output(scope.rendering());
    body.execute(scope.inner(body.hidden()), captured);
    output.append(captured.captured());
    return Flow.NORMAL;
  }
}
