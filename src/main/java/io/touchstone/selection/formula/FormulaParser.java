package io.touchstone.selection.formula;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/**
 * Parses by recursive descent:
 *
 * <pre>
 * or     := and ("or" and)*                 and    := not ("and" not)*
 * not    := "not" not | side
 * side   := sum (relation sum | "not"? "in" "(" sum ("," sum)* ")")?
 *         | name ("=" | "!=") text | text ("=" | "!=") name
 *         | name "not"? "in" "(" text ("," text)* ")"
 *         | name "is" "not"? "null"
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

  private final TokenReader tokens;
  private final TextComparisons texts;
  private final Map<String, Integer> names = new LinkedHashMap<>();
  private final Set<String> valueNames = new LinkedHashSet<>();
  private int depth;

  FormulaParser(String text) {
    tokens = new TokenReader(FormulaLexer.of(text));
    texts = new TextComparisons(tokens);
  }

  /** Names of numbers in what has been parsed. */
  List<String> names() {
    return List.copyOf(names.keySet());
  }

  /** Names of texts in what has been parsed. */
  List<String> textNames() {
    return List.copyOf(texts.names().keySet());
  }

  /** Names of values in what has been parsed. */
  List<String> valueNames() {
    return List.copyOf(valueNames);
  }

  Arithmetic number() {
    Arithmetic number = number(or(), 0);
    expectEnd("an operator such as + or the end");
    return number;
  }

  Condition condition() {
    Condition condition = condition(or(), 0);
    expectEnd("and, or, or the end");
    expectOneKindOfEach();
    return condition;
  }

  /** What is compared with a text is none that could be a number elsewhere. */
  private void expectOneKindOfEach() {
    texts
        .names()
        .forEach(
            (name, at) -> {
              Integer asNumber = names.get(name);
              if (asNumber != null) {
                throw new FormulaException(
                    "expected "
                        + name
                        + " to be a text or a number throughout, found it compared with a text at"
                        + " character "
                        + (at + 1)
                        + " and used as a number at character "
                        + (asNumber + 1));
              }
            });
  }

  private void expectEnd(String expected) {
    if (tokens.peek().kind() != Token.Kind.END) {
      throw new FormulaException(tokens.peek().at(), expected, tokens.peek().describe());
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
    int start = tokens.place();
    Expression left = part.get();
    while (tokens.take(word)) {
      Condition first = condition(left, start);
      int second = tokens.place();
      left = joint.apply(first, condition(part.get(), second));
    }
    return left;
  }

  private Expression not() {
    if (tokens.take("not")) {
      deeper();
      int start = tokens.place();
      Condition negated = condition(not(), start);
      depth--;
      return new Condition.Not(negated);
    }
    return side();
  }

  private Expression side() {
    Condition ofText = texts.next();
    if (ofText != null) {
      return ofText;
    }
    if (tokens.peek().isName() && tokens.ahead(1).isWord("is")) {
      return absent(tokens.next().text());
    }
    int start = tokens.place();
    Expression left = sum();
    if (tokens.peek().is("in") || (tokens.peek().is("not") && tokens.ahead(1).is("in"))) {
      return amongNumbers(number(left, start));
    }
    Condition.Relation relation = tokens.operator(RELATIONS);
    if (relation == null) {
      return left;
    }
    Arithmetic first = number(left, start);
    tokens.skip();
    int second = tokens.place();
    return new Condition.Comparison(relation, first, number(sum(), second));
  }

  /** {@code is} and {@code null} are words behind a name alone: fields may be called so. */
  private Condition absent(String name) {
    valueNames.add(name);
    tokens.skip();
    boolean negated = tokens.take("not");
    Token word = tokens.next();
    if (!word.isWord("null")) {
      throw new FormulaException(word.at(), "null or not null", word.describe());
    }
    Condition absent = new Condition.Absent(name);
    return negated ? new Condition.Not(absent) : absent;
  }

  private Condition amongNumbers(Arithmetic left) {
    boolean negated = tokens.take("not");
    tokens.take("in");
    tokens.expect("(");
    Condition among = isEqual(left);
    while (tokens.take(",")) {
      among = new Condition.Either(among, isEqual(left));
    }
    tokens.expect(")");
    return negated ? new Condition.Not(among) : among;
  }

  private Condition isEqual(Arithmetic left) {
    int start = tokens.place();
    if (tokens.peek().mayBeText()) {
      throw new FormulaException(
          tokens.peek().at(), "numbers alone or texts alone in a list", tokens.peek().describe());
    }
    return new Condition.Comparison(Condition.Relation.EQUAL, left, number(sum(), start));
  }

  private Expression sum() {
    return computed(SUMS, this::term);
  }

  private Expression term() {
    return computed(TERMS, this::factor);
  }

  private Expression computed(
      Map<String, Arithmetic.Operator> operators, Supplier<Expression> part) {
    int start = tokens.place();
    Expression left = part.get();
    Arithmetic.Operator operator = tokens.operator(operators);
    while (operator != null) {
      Arithmetic first = number(left, start);
      tokens.skip();
      int second = tokens.place();
      left = new Arithmetic.Operation(operator, first, number(part.get(), second));
      operator = tokens.operator(operators);
    }
    return left;
  }

  private Expression factor() {
    Token token = tokens.next();
    if (token.kind() == Token.Kind.NUMBER) {
      return constant(token);
    }
    if (token.isName()) {
      names.putIfAbsent(token.text(), token.at());
      return new Arithmetic.Name(token.text());
    }
    if (token.is("-")) {
      deeper();
      int start = tokens.place();
      Arithmetic negated = number(factor(), start);
      depth--;
      return new Arithmetic.Negated(negated);
    }
    if (token.is("(")) {
      deeper();
      Expression inner = or();
      depth--;
      if (!tokens.take(")")) {
        throw new FormulaException(
            tokens.peek().at(),
            "an operator or the ')' of character " + (token.at() + 1),
            tokens.peek().describe());
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
          tokens.peek().at(), "at most " + DEEPEST + " levels of nesting", "another");
    }
  }

  /**
   * @param start the expression's first token
   */
  private Arithmetic number(Expression expression, int start) {
    if (expression instanceof Arithmetic arithmetic) {
      return arithmetic;
    }
    throw new FormulaException(tokens.at(start).at(), "a number", "a condition");
  }

  private Condition condition(Expression expression, int start) {
    if (expression instanceof Condition condition) {
      return condition;
    }
    // The text goes on behind the number: there the relation is missing.
    throw tokens.peek().kind() == Token.Kind.END
            || tokens.before().isJoint()
            || tokens.peek().is(")")
        ? new FormulaException(tokens.at(start).at(), "a condition such as reward >= 1", "a number")
        : new FormulaException(
            tokens.peek().at(), "one of >= <= > < = != in", tokens.peek().describe());
  }
}
