package io.touchstone.selection.formula;

/**
 * A piece of a formula's text.
 *
 * @param text the operator, the keyword in lower case, the number's digits, the name, or what
 *     stands between quotes
 * @param at its first character, from 0
 */
record Token(Kind kind, String text, int at) {

  enum Kind {
    NUMBER,
    NAME,
    /** In double quotes: a name, or behind an equals sign a text. */
    QUOTED,
    /** In single quotes. */
    TEXT,
    OPERATOR,
    KEYWORD,
    END
  }

  boolean is(String operatorOrKeyword) {
    return (kind == Kind.OPERATOR || kind == Kind.KEYWORD) && text.equals(operatorOrKeyword);
  }

  /** Whether it can be a field's name. */
  boolean isName() {
    return kind == Kind.NAME || (kind == Kind.QUOTED && !text.isEmpty());
  }

  /** Whether it is spelled so, in letters of any case and without quotes. */
  boolean isWord(String word) {
    return kind == Kind.NAME && text.equalsIgnoreCase(word);
  }

  boolean mayBeText() {
    return kind == Kind.TEXT || kind == Kind.QUOTED;
  }

  boolean isJoint() {
    return is("and") || is("or");
  }

  /** Whether it can stand behind the last operand of a comparison. */
  boolean endsSide() {
    return kind == Kind.END || is(")") || isJoint();
  }

  String describe() {
    return switch (kind) {
      case NUMBER -> "the number " + text;
      case NAME -> "the name " + text;
      case QUOTED -> "\"" + text + "\"";
      case TEXT -> "the text '" + text + "'";
      case OPERATOR, KEYWORD -> "'" + text + "'";
      case END -> "the end";
    };
  }
}
