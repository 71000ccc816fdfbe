package io.touchstone.template.jinja;

/** What has a value. */
sealed interface Expression
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
        Comparison,
        Logical,
        Conditional {

  Object evaluate(Scope scope);

  /** The words that the template itself fixes, with {@code …} for what it does not. */
  default String fixedWords() {
    return "…";
  }
}
