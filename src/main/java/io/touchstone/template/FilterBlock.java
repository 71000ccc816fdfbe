package io.touchstone.template;

/** {@code {% filter upper %}...{% endfilter %}}. */
record FilterBlock(Expression value, Body body, int line) implements Statement {

  @Override
  public Flow execute(Scope scope, Output output) {
    Scope inner = scope.inner(body.hidden());
    Output captured = new Output(scope.rendering());
    Flow flow = body.execute(inner, captured);
    if (flow != Flow.NORMAL) {
      return flow;
    }
    scope.rendering().at(line);
    inner.put(CapturedText.VARIABLE, captured.captured());
    output.append(Printing.str(value.evaluate(inner)));
    return Flow.NORMAL;
  }
}
