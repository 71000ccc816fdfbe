package io.touchstone.template.jinja;

/** What writes, assigns or repeats. */
sealed interface Statement
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
