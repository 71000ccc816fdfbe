package io.touchstone.template.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can follow an operand: attributes, items, calls, filters and tests. */
final class PostfixParser {
  private static final Literal NOTHING = new Literal(None.VALUE);

  private final ParseState state;
  private final TokenStream stream;
  private final ExpressionParser expressions;

  PostfixParser(ParseState state, ExpressionParser expressions) {
    this.state = state;
    this.stream = state.stream();
    this.expressions = expressions;
  }

  Expression subscripted(Expression operand) {
    Expression result = operand;
    while (true) {
      if (stream.current().isOperator(".")) {
        result = dotted(result);
      } else if (stream.current().isOperator("[")) {
        result = indexed(result);
      } else if (stream.current().isOperator("(")) {
        result = call(result);
      } else {
        return result;
      }
    }
  }

  Expression filtered(Expression operand) {
    Expression result = operand;
    while (true) {
      if (stream.skipOperator("|")) {
        result = filter(result);
      } else if (stream.skipName("is")) {
        result = test(result);
      } else if (stream.current().isOperator("(")) {
        result = call(result);
      } else {
        return result;
      }
    }
  }

  private Expression dotted(Expression of) {
    stream.next();
    if (stream.isAt(Token.Kind.INTEGER)) {
      return new ItemOf(of, new Literal(ExpressionParser.integer(stream.next())));
    }
    return new AttributeOf(of, stream.expect(Token.Kind.NAME).text());
  }

  private Expression indexed(Expression of) {
    stream.next();
    state.deeper();
    List<Expression> keys = new ArrayList<>();
    List<Expression> bounds = new ArrayList<>();
    while (!stream.current().isOperator("]")) {
      if (!keys.isEmpty()) {
        stream.expectOperator(",");
      }
      Expression start = stream.current().isOperator(":") ? NOTHING : expressions.expression();
      if (stream.current().isOperator(":")) {
        bounds.addAll(List.of(start, bound(), bound()));
      }
      keys.add(start);
    }
    stream.expectOperator("]");
    state.back();
    if (bounds.isEmpty()) {
      return new ItemOf(of, keys.size() == 1 ? keys.get(0) : new TupleExpression(keys));
    }
    if (keys.size() > 1) {
      throw stream.fail("a slice among several indices is not supported");
    }
    return new SliceOf(of, bounds);
  }

  private Expression bound() {
    if (!stream.skipOperator(":")) {
      return NOTHING;
    }
    Token token = stream.current();
    boolean empty = token.isOperator(":") || token.isOperator("]") || token.isOperator(",");
    return empty ? NOTHING : expressions.expression();
  }

  private CallExpression call(Expression function) {
    if (function instanceof AttributeOf attribute
        && (StringMethods.UNSUPPORTED.contains(attribute.name())
            || attribute.name().equals("fromkeys"))) {
      throw stream.fail("method '%s' is not supported".formatted(attribute.name()));
    }
    return new CallExpression(function, arguments());
  }

  private ArgumentList arguments() {
    stream.expectOperator("(");
    state.deeper();
    List<Expression> positional = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    @Nullable Expression spreadItems = null;
    @Nullable Expression spreadNames = null;
    boolean first = true;
    while (!stream.current().isOperator(")")) {
      if (!first) {
        stream.expectOperator(",");
        if (stream.current().isOperator(")")) {
          break;
        }
      }
      first = false;
      boolean spread = spreadItems != null || spreadNames != null;
      if (stream.current().isOperator("*")) {
        require(!spread);
        stream.next();
        spreadItems = expressions.expression();
      } else if (stream.current().isOperator("**")) {
        require(spreadNames == null);
        stream.next();
        spreadNames = expressions.expression();
      } else if (stream.isAt(Token.Kind.NAME) && stream.following().isOperator("=")) {
        require(spreadNames == null);
        String name = stream.next().text();
        stream.next();
        require(named.put(name, expressions.expression()) == null);
      } else {
        require(!spread && named.isEmpty());
        positional.add(expressions.expression());
      }
    }
    stream.expectOperator(")");
    state.back();
    return new ArgumentList(positional, named, spreadItems, spreadNames);
  }

  private void require(boolean valid) {
    if (!valid) {
      throw stream.fail("invalid arguments of a call");
    }
  }

  /** A filter whose {@code |} is behind us. */
  Expression filter(Expression of) {
    String name = dottedName();
    if (Filters.UNSUPPORTED.contains(name)) {
      throw stream.fail("filter '" + name + "' is not supported");
    }
    Filter filter = Filters.ALL.get(name);
    if (filter == null) {
      state.unknown("filter", name);
    }
    ArgumentList arguments = stream.current().isOperator("(") ? arguments() : ArgumentList.NONE;
    return new FilterExpression(of, name, filter, arguments);
  }

  private Expression test(Expression of) {
    boolean negated = stream.skipName("not");
    String name = dottedName();
    Test test = Tests.ALL.get(name);
    if (test == null) {
      state.unknown("test", name);
    }
    TestExpression expression = new TestExpression(of, name, test, testArguments());
    return negated ? new Unary(Unary.Operator.NOT, expression) : expression;
  }

  private String dottedName() {
    StringBuilder name = new StringBuilder(stream.expect(Token.Kind.NAME).text());
    while (stream.skipOperator(".")) {
      name.append('.').append(stream.expect(Token.Kind.NAME).text());
    }
    return name.toString();
  }

  private ArgumentList testArguments() {
    Token token = stream.current();
    if (token.isOperator("(")) {
      return arguments();
    }
    boolean argument =
        switch (token.kind()) {
          case NAME -> !token.isName("else") && !token.isName("or") && !token.isName("and");
          case STRING, INTEGER, FLOAT -> true;
          case OPERATOR -> token.isOperator("[") || token.isOperator("{");
          case DATA, VARIABLE_BEGIN, VARIABLE_END, BLOCK_BEGIN, BLOCK_END, END -> false;
        };
    if (!argument) {
      return ArgumentList.NONE;
    }
    if (token.isName("is")) {
      throw stream.fail("tests with 'is' cannot be chained");
    }
    Expression value = subscripted(expressions.primary());
    return new ArgumentList(List.of(value), Map.of(), null, null);
  }
}
