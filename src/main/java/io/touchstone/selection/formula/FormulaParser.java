package io.touchstone.selection.formula;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Parses by recursive descent:
 *
 * <pre>
 * or     := and ("or" and)*                 and    := not ("and" not)*
 * not    := "not" not | side                side   := sum (relation sum)?
 * sum    := term (("+" | "-") term)*        term   := factor (("*" | "/") factor)*
 * factor := "-" factor | number | name | "(" or ")"
 * </pre>
 *
 * Parentheses hold a number or a condition; which of them a place needs is told when both are
 * known.
 */
final class FormulaParser {

  private static final int DEEPEST = 100;
  private static final String OPERAND = "a number, a field name or '('";
  private static final Map<String, Condition.Relation> RELATIONS =
      Map.of(
          ">=", Condition.Relation.AT_LEAST,
          "<=", Condition.Relation.AT_MOST,
          ">", Condition.Relation.ABOVE,
          "<", Condition.Relation.BELOW,
          "=", Condition.Relation.EQUAL,
          "==", Condition.Relation.EQUAL,
          "!=", Condition.Relation.DIFFERENT);

  private static final Map<String, Arithmetic.Operator> SUMS =
      Map.of("+", Arithmetic.Operator.PLUS, "-", Arithmetic.Operator.MINUS);
  private static final Map<String, Arithmetic.Operator> TERMS =
      Map.of("*", Arithmetic.Operator.TIMES, "/", Arithmetic.Operator.OVER);

  private final List<Token> tokens;
  private final Set<String> names = new LinkedHashSet<>();
  private int next;
  private int depth;

  FormulaParser(String text) {
    tokens = FormulaLexer.of(text);
  }

  /** Names in what has been parsed. */
  List<String> names() {
    return List.copyOf(names);
  }

  Arithmetic number() {
    Arithmetic number = number(or(), 0);
    expectEnd("an operator such as + or the end");
    return number;
  }

  Condition condition() {
    Condition condition = condition(or(), 0);
    expectEnd("and, or, or the end");
    return condition;
  }

  private void expectEnd(String expected) {
    if (peek().kind() != Token.Kind.END) {
      throw new FormulaException(peek().at(), expected, peek().describe());
    }
  }

  private Expression or() {
    return joined("or", this::and, Condition.Either::new);
  }

  private Expression and() {
    return joined("and", this::not, Condition.Both::new);
  }

  private Expression joined(
      String word, Supplier<Expression> part, BinaryOperator<Condition> joint) {
    int start = next;
    Expression left = part.get();
    while (take(word)) {
      Condition first = condition(left, start);
      int second = next;
      left = joint.apply(first, condition(part.get(), second));
    }
    return left;
  }

  private Expression not() {
    if (take("not")) {
      deeper();
      int start = next;
      Condition negated = condition(not(), start);
      depth--;
      return new Condition.Not(negated);
    }
    return side();
  }

  private Expression side() {
    int start = next;
    Expression left = sum();
    Condition.Relation relation = operator(RELATIONS);
    if (relation == null) {
      return left;
    }
    Arithmetic first = number(left, start);
    next++;
    int second = next;
    return new Condition.Comparison(relation, first, number(sum(), second));
  }

  private Expression sum() {
    return computed(SUMS, this::term);
  }

  private Expression term() {
    return computed(TERMS, this::factor);
  }

  private Expression computed(
      Map<String, Arithmetic.Operator> operators, Supplier<Expression> part) {
    int start = next;
    Expression left = part.get();
    Arithmetic.Operator operator = operator(operators);
    while (operator != null) {
      Arithmetic first = number(left, start);
      next++;
      int second = next;
      left = new Arithmetic.Operation(operator, first, number(part.get(), second));
      operator = operator(operators);
    }
    return left;
  }

  private Expression factor() {
    Token token = peek();
    next++;
    if (token.kind() == Token.Kind.NUMBER) {
      return constant(token);
    }
    if (token.kind() == Token.Kind.NAME) {
      names.add(token.text());
      return new Arithmetic.Name(token.text());
    }
    if (token.is("-")) {
      deeper();
      int start = next;
      Arithmetic negated = number(factor(), start);
      depth--;
      return new Arithmetic.Negated(negated);
    }
    if (token.is("(")) {
      deeper();
      Expression inner = or();
      depth--;
      if (!take(")")) {
        throw new FormulaException(
            peek().at(),
            "an operator or the ')' of character " + (token.at() + 1),
            peek().describe());
      }
      return inner;
    }
    throw new FormulaException(token.at(), OPERAND, token.describe());
  }

  private static Arithmetic constant(Token token) {
    double value = Double.parseDouble(token.text());
    if (!Double.isFinite(value)) {
      throw new FormulaException(token.at(), "a number below 1.8e308", token.text());
    }
    return new Arithmetic.Constant(value);
  }

  /** Each level takes a handful of frames of the stack. */
  private void deeper() {
    depth++;
    if (depth > DEEPEST) {
      throw new FormulaException(
          peek().at(), "at most " + DEEPEST + " levels of nesting", "another");
    }
  }

  /**
   * @param start the expression's first token
   */
  private Arithmetic number(Expression expression, int start) {
    if (expression instanceof Arithmetic arithmetic) {
      return arithmetic;
    }
    throw new FormulaException(tokens.get(start).at(), "a number", "a condition");
  }

  private Condition condition(Expression expression, int start) {
    if (expression instanceof Condition condition) {
      return condition;
    }
    // The text goes on behind the number: there the relation is missing.
    throw peek().kind() == Token.Kind.END || isJoint(tokens.get(next - 1)) || peek().is(")")
        ? new FormulaException(
            tokens.get(start).at(), "a condition such as reward >= 1", "a number")
        : new FormulaException(peek().at(), "one of >= <= > < = !=", peek().describe());
  }

  private static boolean isJoint(Token token) {
    return token.is("and") || token.is("or");
  }

  private Token peek() {
    return tokens.get(next);
  }

  /** What the next token means; null if it is none of these operators. */
  private <T> @Nullable T operator(Map<String, T> meanings) {
    return peek().kind() == Token.Kind.OPERATOR ? meanings.get(peek().text()) : null;
  }

  private boolean take(String operatorOrKeyword) {
    if (peek().is(operatorOrKeyword)) {
      next++;
      return true;
    }
    return false;
  }
}
