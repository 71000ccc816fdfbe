package io.touchstone.selection.formula;

/**
 * A piece of a formula's text.
 *
 * @param text the operator, the keyword in lower case, the number's digits or the name without its
 *     quotes
 * @param at its first character, from 0
 */
record Token(Kind kind, String text, int at) {

  enum Kind {
    NUMBER,
    NAME,
    OPERATOR,
    KEYWORD,
    END
  }

  boolean is(String operatorOrKeyword) {
    return (kind == Kind.OPERATOR || kind == Kind.KEYWORD) && text.equals(operatorOrKeyword);
  }

  String describe() {
    return switch (kind) {
      case NUMBER -> "the number " + text;
      case NAME -> "the name " + text;
      case OPERATOR, KEYWORD -> "'" + text + "'";
      case END -> "the end";
    };
  }
}
