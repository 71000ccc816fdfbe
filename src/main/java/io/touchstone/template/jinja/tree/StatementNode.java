package io.touchstone.template.jinja.tree;

/** What writes, assigns or repeats. */
public sealed interface StatementNode
    permits TemplateText,
        Print,
        IfStatement,
        ForLoop,
        SetStatement,
        SetBlock,
        WithBlock,
        FilterBlock,
        MacroDefinition,
        CallBlock,
        GenerationBlock,
        LoopExit {

  Flow execute(Scope scope, Output output);
}
