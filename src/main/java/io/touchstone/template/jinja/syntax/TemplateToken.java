package io.touchstone.template.jinja.syntax;

/**
 * A piece of a template's source.
 *
 * @param text the name, operator or template data; of a literal its source
 */
record TemplateToken(Kind kind, String text, int line) {

  /** What sort of piece. */
  enum Kind {
    DATA,
    VARIABLE_BEGIN,
    VARIABLE_END,
    BLOCK_BEGIN,
    BLOCK_END,
    NAME,
    STRING,
    INTEGER,
    FLOAT,
    OPERATOR,
    END
  }

  boolean isOperator(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  String description() {
    return switch (kind) {
      case DATA -> "template data";
      case VARIABLE_BEGIN -> "'{{'";
      case VARIABLE_END -> "'}}'";
      case BLOCK_BEGIN -> "'{%'";
      case BLOCK_END -> "'%}'";
      case NAME, OPERATOR -> "'" + text + "'";
      case STRING -> "a string";
      case INTEGER, FLOAT -> "a number";
      case END -> "the end of the template";
    };
  }
}
