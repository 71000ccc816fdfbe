package io.touchstone.template.jinja.tree;

/** What has a value. */
public sealed interface ExpressionNode
    permits Literal,
        Name,
        ListExpression,
        TupleExpression,
        DictExpression,
        AttributeOf,
        ItemOf,
        SliceOf,
        CallExpression,
        FilterExpression,
        TestExpression,
        Unary,
        Binary,
        Concatenation,
        ComparisonChain,
        Logical,
        Conditional {

  Object evaluate(Scope scope);

  /** The words that the template itself fixes, with {@code …} for what it does not. */
  default String fixedWords() {
    return "…";
  }
}
