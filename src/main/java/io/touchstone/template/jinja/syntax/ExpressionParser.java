package io.touchstone.template.jinja.syntax;

import io.touchstone.template.jinja.builtin.Globals;
import io.touchstone.template.jinja.python.ComparisonOperator;
import io.touchstone.template.jinja.python.None;
import io.touchstone.template.jinja.python.Numeric;
import io.touchstone.template.jinja.python.Text;
import io.touchstone.template.jinja.python.Undefined;
import io.touchstone.template.jinja.tree.Binary;
import io.touchstone.template.jinja.tree.ComparisonChain;
import io.touchstone.template.jinja.tree.Concatenation;
import io.touchstone.template.jinja.tree.Conditional;
import io.touchstone.template.jinja.tree.DictExpression;
import io.touchstone.template.jinja.tree.ExpressionNode;
import io.touchstone.template.jinja.tree.ListExpression;
import io.touchstone.template.jinja.tree.Literal;
import io.touchstone.template.jinja.tree.Logical;
import io.touchstone.template.jinja.tree.Name;
import io.touchstone.template.jinja.tree.TupleExpression;
import io.touchstone.template.jinja.tree.Unary;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** jinja2's expression grammar, lowest precedence first. */
final class ExpressionParser {
  private static final Literal NOTHING = new Literal(None.VALUE);

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
    state.deeper();
    ExpressionNode left = and();
    while (stream.skipName("or")) {
      left = new Logical(Logical.Operator.OR, left, and());
    }
    state.back();
    return left;
  }

  private ExpressionNode and() {
    ExpressionNode left = not();
    while (stream.skipName("and")) {
      left = new Logical(Logical.Operator.AND, left, not());
    }
    return left;
  }

  private ExpressionNode not() {
    if (!stream.skipName("not")) {
      return comparison();
    }
    state.deeper();
    ExpressionNode operand = not();
    state.back();
    return new Unary(Unary.Operator.NOT, operand);
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
    TemplateToken token = stream.current();
    if (token.isName("not") && stream.following().isName("in")) {
      stream.next();
      stream.next();
      return ComparisonOperator.NOT_IN;
    }
    if (stream.skipName("in")) {
      return ComparisonOperator.IN;
    }
    if (token.kind() != TemplateToken.Kind.OPERATOR) {
      return null;
    }
    ComparisonOperator operator =
        switch (token.text()) {
          case "==" -> ComparisonOperator.EQUAL;
          case "!=" -> ComparisonOperator.NOT_EQUAL;
          case "<" -> ComparisonOperator.LESS;
          case "<=" -> ComparisonOperator.LESS_OR_EQUAL;
          case ">" -> ComparisonOperator.GREATER;
          case ">=" -> ComparisonOperator.GREATER_OR_EQUAL;
          default -> null;
        };
    if (operator != null) {
      stream.next();
    }
    return operator;
  }

  private ExpressionNode sum() {
    ExpressionNode left = concatenation();
    while (true) {
      if (stream.skipOperator("+")) {
        left = new Binary(Binary.Operator.ADD, left, concatenation());
      } else if (stream.skipOperator("-")) {
        left = new Binary(Binary.Operator.SUBTRACT, left, concatenation());
      } else {
        return left;
      }
    }
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
    ExpressionNode left = power();
    while (true) {
      if (stream.skipOperator("*")) {
        left = new Binary(Binary.Operator.MULTIPLY, left, power());
      } else if (stream.skipOperator("/")) {
        left = new Binary(Binary.Operator.DIVIDE, left, power());
      } else if (stream.skipOperator("//")) {
        left = new Binary(Binary.Operator.FLOOR_DIVIDE, left, power());
      } else if (stream.skipOperator("%")) {
        left = new Binary(Binary.Operator.MODULO, left, power());
      } else {
        return left;
      }
    }
  }

  private ExpressionNode power() {
    ExpressionNode left = postfix.filtered(unary());
    while (stream.skipOperator("**")) {
      left = new Binary(Binary.Operator.POWER, left, postfix.filtered(unary()));
    }
    return left;
  }

  private ExpressionNode unary() {
    if (stream.skipOperator("-")) {
      return postfix.subscripted(new Unary(Unary.Operator.MINUS, signed()));
    }
    if (stream.skipOperator("+")) {
      return postfix.subscripted(new Unary(Unary.Operator.PLUS, signed()));
    }
    return postfix.subscripted(primary());
  }

  private ExpressionNode signed() {
    state.deeper();
    ExpressionNode operand = unary();
    state.back();
    return operand;
  }

  ExpressionNode primary() {
    TemplateToken token = stream.current();
    switch (token.kind()) {
      case NAME -> {
        stream.next();
        return name(token);
      }
      case STRING -> {
        StringBuilder text = new StringBuilder();
        while (stream.isAt(TemplateToken.Kind.STRING)) {
          text.append(StringLiteral.unescape(stream.current().text(), stream.next().line()));
        }
        return new Literal(text.toString());
      }
      case INTEGER -> {
        return new Literal(integer(stream.next()));
      }
      case FLOAT -> {
        return new Literal(Double.parseDouble(stream.next().text().replace("_", "")));
      }
      case OPERATOR -> {
        return bracketed(token);
      }
      case DATA, VARIABLE_BEGIN, VARIABLE_END, BLOCK_BEGIN, BLOCK_END, END ->
          throw stream.unexpected("an expression");
    }
    throw stream.unexpected("an expression");
  }

  private ExpressionNode name(TemplateToken token) {
    switch (token.text()) {
      case "true", "True" -> {
        return new Literal(true);
      }
      case "false", "False" -> {
        return new Literal(false);
      }
      case "none", "None" -> {
        return NOTHING;
      }
      default -> {
        if (Globals.UNSUPPORTED.contains(token.text()) && !state.names().isStored(token.text())) {
          throw new TemplateSyntaxError(
              token.line(), "function '%s' is not supported".formatted(token.text()));
        }
        state.load(token.text());
        return new Name(token.text());
      }
    }
  }

  static Object integer(TemplateToken token) {
    String digits = token.text().replace("_", "");
    if (digits.length() > 4300) {
      throw new TemplateSyntaxError(token.line(), "an integer of more than 4300 digits");
    }
    String prefix = digits.length() > 2 ? Text.lower(digits.substring(0, 2)) : "";
    return Numeric.integer(
        switch (prefix) {
          case "0x" -> new BigInteger(digits.substring(2), 16);
          case "0o" -> new BigInteger(digits.substring(2), 8);
          case "0b" -> new BigInteger(digits.substring(2), 2);
          default -> new BigInteger(digits);
        });
  }

  private ExpressionNode bracketed(TemplateToken token) {
    state.deeper();
    ExpressionNode expression =
        switch (token.text()) {
          case "(" -> parenthesized();
          case "[" -> new ListExpression(list());
          case "{" -> new DictExpression(dict());
          default -> throw stream.unexpected("an expression");
        };
    state.back();
    return expression;
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

  private List<ExpressionNode> list() {
    stream.next();
    List<ExpressionNode> items = new ArrayList<>();
    while (!stream.current().isOperator("]")) {
      if (!items.isEmpty()) {
        stream.expectOperator(",");
        if (stream.current().isOperator("]")) {
          break;
        }
      }
      items.add(expression());
    }
    stream.expectOperator("]");
    return items;
  }

  private List<DictExpression.Pair> dict() {
    stream.next();
    List<DictExpression.Pair> pairs = new ArrayList<>();
    while (!stream.current().isOperator("}")) {
      if (!pairs.isEmpty()) {
        stream.expectOperator(",");
        if (stream.current().isOperator("}")) {
          break;
        }
      }
      ExpressionNode key = expression();
      stream.expectOperator(":");
      pairs.add(new DictExpression.Pair(key, expression()));
    }
    stream.expectOperator("}");
    return pairs;
  }

  /** Parses one member of a tuple. */
  interface Member {
    ExpressionNode parse();
  }

  /**
   * An expression, or several with commas between them.
   *
   * @param ends names that end it, beside brackets and tags
   */
  ExpressionNode tuple(Member member, Set<String> ends) {
    List<ExpressionNode> items = new ArrayList<>();
    boolean isTuple = false;
    while (!isTupleEnd(ends)) {
      items.add(member.parse());
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
