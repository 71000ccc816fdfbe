package io.touchstone.template.jinja;

/** {@code {% call(parameters) macro(arguments) %}...{% endcall %}}. */
record CallBlock(CallExpression call, MacroDefinition body, int line) implements Statement {

  @Override
  public Flow execute(Scope scope, Output output) {
    scope.rendering().at(line);
    Object text = call.call(scope, new Macro(body, scope));
    output.append(Printing.str(text));
    return Flow.NORMAL;
  }
}
