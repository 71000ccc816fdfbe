package io.touchstone.selection.formula;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tokens in their order, and which of them comes next. */
final class TokenReader {

  private final List<Token> tokens;
  private int next;

  /**
   * @param tokens the last is the text's end
   */
  TokenReader(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** How many tokens have been taken. */
  int place() {
    return next;
  }

  Token at(int place) {
    return tokens.get(place);
  }

  /** The last token that was taken. */
  Token before() {
    return tokens.get(next - 1);
  }

  Token peek() {
    return tokens.get(next);
  }

  /** The token so far behind the next one; the end for all that lies behind it. */
  Token ahead(int count) {
    return tokens.get(Math.min(next + count, tokens.size() - 1));
  }

  void skip() {
    next++;
  }

  void skip(int count) {
    next += count;
  }

  Token next() {
    return tokens.get(next++);
  }

  /** What the next token means; null if it is none of these operators. */
  <T> @Nullable T operator(Map<String, T> meanings) {
    return peek().kind() == Token.Kind.OPERATOR ? meanings.get(peek().text()) : null;
  }

  boolean take(String operatorOrKeyword) {
    if (peek().is(operatorOrKeyword)) {
      next++;
      return true;
    }
    return false;
  }

  /**
   * @throws FormulaException if another token is next
   */
  void expect(String operator) {
    if (!take(operator)) {
      throw new FormulaException(peek().at(), "'" + operator + "'", peek().describe());
    }
  }
}
