package io.touchstone.template.jinja.tree;

/**
 * {@code {% set target %}...{% endset %}}.
 *
 * @param value the block's text, through the filters if there are any
 */
public record SetBlock(Target target, ExpressionNode value, Body body, int line)
    implements StatementNode {
  @Override
  public Flow execute(Scope scope, Output output) {
    Scope inner = scope.inner(body.hidden());
    Output captured = new Output(scope.rendering());
    Flow flow = body.execute(inner, captured);
    if (flow != Flow.NORMAL) {
      return flow;
    }
    scope.rendering().at(line);
    target.check(scope);
    inner.put(Name.CAPTURED.name(), captured.captured());
    target.assign(value.evaluate(inner), scope);
    return Flow.NORMAL;
  }
}
