package io.touchstone.template.jinja.syntax;

import io.touchstone.template.jinja.builtin.Globals;
import io.touchstone.template.jinja.python.ComparisonOperator;
import io.touchstone.template.jinja.python.NumberText;
import io.touchstone.template.jinja.python.Numeric;
import io.touchstone.template.jinja.python.Undefined;
import io.touchstone.template.jinja.tree.ExpressionNode;
import io.touchstone.template.jinja.tree.ExpressionNode.Binary;
import io.touchstone.template.jinja.tree.ExpressionNode.ComparisonChain;
import io.touchstone.template.jinja.tree.ExpressionNode.Concatenation;
import io.touchstone.template.jinja.tree.ExpressionNode.Conditional;
import io.touchstone.template.jinja.tree.ExpressionNode.DictExpression;
import io.touchstone.template.jinja.tree.ExpressionNode.ListExpression;
import io.touchstone.template.jinja.tree.ExpressionNode.Literal;
import io.touchstone.template.jinja.tree.ExpressionNode.Logical;
import io.touchstone.template.jinja.tree.ExpressionNode.Name;
import io.touchstone.template.jinja.tree.ExpressionNode.TupleExpression;
import io.touchstone.template.jinja.tree.ExpressionNode.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** jinja2's expression grammar, lowest precedence first. */
final class ExpressionParser {
  /** The names that nothing can be assigned to. */
  static final Map<String, Literal> CONSTANTS =
      Map.of(
          "true", new Literal(true),
          "True", new Literal(true),
          "false", new Literal(false),
          "False", new Literal(false),
          "none", Literal.NONE,
          "None", Literal.NONE);

  private static final Map<String, ComparisonOperator> COMPARISONS =
      Map.of(
          "==", ComparisonOperator.EQUAL,
          "!=", ComparisonOperator.NOT_EQUAL,
          "<", ComparisonOperator.LESS,
          "<=", ComparisonOperator.LESS_OR_EQUAL,
          ">", ComparisonOperator.GREATER,
          ">=", ComparisonOperator.GREATER_OR_EQUAL);
  private static final Map<String, Binary.Operator> SUMS =
      Map.of("+", Binary.Operator.ADD, "-", Binary.Operator.SUBTRACT);
  private static final Map<String, Binary.Operator> PRODUCTS =
      Map.of(
          "*", Binary.Operator.MULTIPLY,
          "/", Binary.Operator.DIVIDE,
          "//", Binary.Operator.FLOOR_DIVIDE,
          "%", Binary.Operator.MODULO);
  private static final Map<String, Binary.Operator> POWERS = Map.of("**", Binary.Operator.POWER);

  private static final Map<String, Unary.Operator> SIGNS =
      Map.of("-", Unary.Operator.MINUS, "+", Unary.Operator.PLUS);

  private final ParseState state;
  private final TokenStream stream;
  private final PostfixParser postfix;

  ExpressionParser(ParseState state) {
    this.state = state;
    this.stream = state.stream();
    this.postfix = new PostfixParser(state, this);
  }

  PostfixParser postfix() {
    return postfix;
  }

  ExpressionNode expression() {
    int unknownBefore = state.unknownCount();
    ExpressionNode expression = or();
    while (stream.skipName("if")) {
      ExpressionNode condition = or();
      ExpressionNode otherwise =
          stream.skipName("else") ? expression() : new Literal(Undefined.VALUE);
      expression = new Conditional(condition, expression, otherwise);
      state.forgiveUnknownSince(unknownBefore);
    }
    return expression;
  }

  /** Without {@code a if b}, which would swallow a loop's {@code if}. */
  ExpressionNode or() {
    return state.nested(() -> logical("or", Logical.Operator.OR, this::and));
  }

  private ExpressionNode and() {
    return logical("and", Logical.Operator.AND, this::not);
  }

  private ExpressionNode logical(
      String word, Logical.Operator operator, Supplier<ExpressionNode> operand) {
    ExpressionNode left = operand.get();
    while (stream.skipName(word)) {
      left = new Logical(operator, left, operand.get());
    }
    return left;
  }

  private ExpressionNode not() {
    return stream.skipName("not")
        ? new Unary(Unary.Operator.NOT, state.nested(this::not))
        : comparison();
  }

  private ExpressionNode comparison() {
    ExpressionNode first = sum();
    List<ComparisonChain.Operand> others = new ArrayList<>();
    for (var operator = comparisonOperator(); operator != null; operator = comparisonOperator()) {
      others.add(new ComparisonChain.Operand(operator, sum()));
    }
    return others.isEmpty() ? first : new ComparisonChain(first, others);
  }

  private @Nullable ComparisonOperator comparisonOperator() {
    if (stream.current().isName("not") && stream.following().isName("in")) {
      stream.next();
      stream.next();
      return ComparisonOperator.NOT_IN;
    }
    return stream.skipName("in") ? ComparisonOperator.IN : operator(COMPARISONS);
  }

  private <T> @Nullable T operator(Map<String, T> operators) {
    TemplateToken token = stream.current();
    boolean found =
        token.kind() == TemplateToken.Kind.OPERATOR && operators.containsKey(token.text());
    return found ? operators.get(stream.next().text()) : null;
  }

  private ExpressionNode binary(
      Map<String, Binary.Operator> operators, Supplier<ExpressionNode> operand) {
    ExpressionNode left = operand.get();
    for (var operator = operator(operators); operator != null; operator = operator(operators)) {
      left = new Binary(operator, left, operand.get());
    }
    return left;
  }

  private ExpressionNode sum() {
    return binary(SUMS, this::concatenation);
  }

  private ExpressionNode concatenation() {
    ExpressionNode first = product();
    if (!stream.current().isOperator("~")) {
      return first;
    }
    List<ExpressionNode> parts = new ArrayList<>(List.of(first));
    while (stream.skipOperator("~")) {
      parts.add(product());
    }
    return new Concatenation(parts);
  }

  private ExpressionNode product() {
    return binary(PRODUCTS, () -> binary(POWERS, () -> postfix.filtered(unary())));
  }

  private ExpressionNode unary() {
    Unary.Operator sign = operator(SIGNS);
    return postfix.subscripted(
        sign == null ? primary() : new Unary(sign, state.nested(this::unary)));
  }

  ExpressionNode primary() {
    TemplateToken token = stream.current();
    return switch (token.kind()) {
      case NAME -> name(stream.next());
      case STRING -> string();
      case INTEGER -> new Literal(integer(stream.next()));
      case FLOAT -> new Literal(Double.parseDouble(stream.next().text().replace("_", "")));
      case OPERATOR -> state.nested(() -> bracketed(token.text()));
      case DATA, VARIABLE_BEGIN, VARIABLE_END, BLOCK_BEGIN, BLOCK_END, END ->
          throw stream.unexpected("an expression");
    };
  }

  private ExpressionNode string() {
    StringBuilder text = new StringBuilder();
    while (stream.isAt(TemplateToken.Kind.STRING)) {
      text.append(StringLiteral.unescape(stream.current().text(), stream.next().line()));
    }
    return new Literal(text.toString());
  }

  private ExpressionNode name(TemplateToken token) {
    String name = token.text();
    Literal constant = CONSTANTS.get(name);
    if (constant != null) {
      return constant;
    }
    if (Globals.UNSUPPORTED.contains(name) && !state.names().isStored(name)) {
      throw new TemplateSyntaxError(token.line(), "function '%s' is not supported".formatted(name));
    }
    state.load(name);
    return new Name(name);
  }

  static Object integer(TemplateToken token) {
    String digits = token.text().replace("_", "");
    if (digits.length() > NumberText.MOST_DIGITS) {
      throw new TemplateSyntaxError(
          token.line(), "an integer of more than %d digits".formatted(NumberText.MOST_DIGITS));
    }
    return Numeric.integer(Objects.requireNonNull(NumberText.integer(digits, 0)));
  }

  private ExpressionNode bracketed(String open) {
    return switch (open) {
      case "(" -> parenthesized();
      case "[" -> {
        stream.next();
        yield new ListExpression(stream.listUpTo("]", this::expression));
      }
      case "{" -> {
        stream.next();
        yield new DictExpression(stream.listUpTo("}", this::pair));
      }
      default -> throw stream.unexpected("an expression");
    };
  }

  private ExpressionNode parenthesized() {
    stream.next();
    ExpressionNode inner =
        stream.current().isOperator(")")
            ? new TupleExpression(List.of())
            : tuple(this::expression, Set.of());
    stream.expectOperator(")");
    return inner;
  }

  private DictExpression.Pair pair() {
    ExpressionNode key = expression();
    stream.expectOperator(":");
    return new DictExpression.Pair(key, expression());
  }

  /**
   * An expression, or several with commas between them.
   *
   * @param ends names that end it, beside brackets and tags
   */
  ExpressionNode tuple(Supplier<ExpressionNode> member, Set<String> ends) {
    List<ExpressionNode> items = new ArrayList<>();
    boolean isTuple = false;
    while (!isTupleEnd(ends)) {
      items.add(member.get());
      if (!stream.skipOperator(",")) {
        break;
      }
      isTuple = true;
    }
    if (isTuple) {
      return new TupleExpression(items);
    }
    if (items.isEmpty()) {
      throw stream.unexpected("an expression");
    }
    return items.get(0);
  }

  private boolean isTupleEnd(Set<String> ends) {
    TemplateToken token = stream.current();
    return token.kind() == TemplateToken.Kind.VARIABLE_END
        || token.kind() == TemplateToken.Kind.BLOCK_END
        || token.isOperator(")")
        || token.kind() == TemplateToken.Kind.NAME && ends.contains(token.text());
  }
}
