package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.python.Str;

/** {@code {% filter upper %}...{% endfilter %}}. */
public record FilterBlock(ExpressionNode value, Body body, int line) implements StatementNode {
  @Override
  public Flow execute(Scope scope, Output output) {
    Scope inner = scope.inner(body.hidden());
    Output captured = new Output(scope.rendering());
    Flow flow = body.execute(inner, captured);
    if (flow != Flow.NORMAL) {
      return flow;
    }
    scope.rendering().at(line);
    inner.put(Name.CAPTURED.name(), captured.captured());
    // jinja2 joins what the filter gave to the text around it, and does not print it first.
    output.append(Str.required(value.evaluate(inner), "what a filter block gives"));
    return Flow.NORMAL;
  }
}
