package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.python.Printing;

/** {@code {% call(parameters) macro(arguments) %}...{% endcall %}}. */
public record CallBlock(CallExpression call, MacroDefinition body, int line)
    implements StatementNode {
  @Override
  public Flow execute(Scope scope, Output output) {
    scope.rendering().at(line);
    Object text = call.call(scope, new Macro(body, scope));
    output.append(Printing.str(text));
    return Flow.NORMAL;
  }
}
