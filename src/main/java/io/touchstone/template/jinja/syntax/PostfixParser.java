package io.touchstone.template.jinja.syntax;

import io.touchstone.template.jinja.builtin.Filter;
import io.touchstone.template.jinja.builtin.Filters;
import io.touchstone.template.jinja.builtin.StringMethods;
import io.touchstone.template.jinja.builtin.Test;
import io.touchstone.template.jinja.builtin.Tests;
import io.touchstone.template.jinja.tree.ArgumentList;
import io.touchstone.template.jinja.tree.ExpressionNode;
import io.touchstone.template.jinja.tree.ExpressionNode.AttributeOf;
import io.touchstone.template.jinja.tree.ExpressionNode.CallExpression;
import io.touchstone.template.jinja.tree.ExpressionNode.FilterExpression;
import io.touchstone.template.jinja.tree.ExpressionNode.ItemOf;
import io.touchstone.template.jinja.tree.ExpressionNode.Literal;
import io.touchstone.template.jinja.tree.ExpressionNode.SliceOf;
import io.touchstone.template.jinja.tree.ExpressionNode.TestExpression;
import io.touchstone.template.jinja.tree.ExpressionNode.TupleExpression;
import io.touchstone.template.jinja.tree.ExpressionNode.Unary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can follow an operand: attributes, items, calls, filters and tests. */
final class PostfixParser {
  private final ParseState state;
  private final TokenStream stream;
  private final ExpressionParser expressions;

  PostfixParser(ParseState state, ExpressionParser expressions) {
    this.state = state;
    this.stream = state.stream();
    this.expressions = expressions;
  }

  ExpressionNode subscripted(ExpressionNode operand) {
    ExpressionNode result = operand;
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

  ExpressionNode filtered(ExpressionNode operand) {
    ExpressionNode result = operand;
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

  private ExpressionNode dotted(ExpressionNode of) {
    stream.next();
    if (stream.isAt(TemplateToken.Kind.INTEGER)) {
      return new ItemOf(of, new Literal(ExpressionParser.integer(stream.next())));
    }
    return new AttributeOf(of, stream.expect(TemplateToken.Kind.NAME).text());
  }

  private ExpressionNode indexed(ExpressionNode of) {
    stream.next();
    return state.nested(() -> subscript(of));
  }

  private ExpressionNode subscript(ExpressionNode of) {
    List<ExpressionNode> keys = new ArrayList<>();
    List<ExpressionNode> bounds = new ArrayList<>();
    while (!stream.current().isOperator("]")) {
      if (!keys.isEmpty()) {
        stream.expectOperator(",");
      }
      ExpressionNode start =
          stream.current().isOperator(":") ? Literal.NONE : expressions.expression();
      if (stream.current().isOperator(":")) {
        bounds.addAll(List.of(start, bound(), bound()));
      }
      keys.add(start);
    }
    stream.expectOperator("]");
    if (bounds.isEmpty()) {
      return new ItemOf(of, keys.size() == 1 ? keys.get(0) : new TupleExpression(keys));
    }
    if (keys.size() > 1) {
      throw stream.fail("a slice among several indices is not supported");
    }
    return new SliceOf(of, bounds);
  }

  private ExpressionNode bound() {
    if (!stream.skipOperator(":")) {
      return Literal.NONE;
    }
    TemplateToken token = stream.current();
    boolean empty = token.isOperator(":") || token.isOperator("]") || token.isOperator(",");
    return empty ? Literal.NONE : expressions.expression();
  }

  private CallExpression call(ExpressionNode function) {
    if (function instanceof AttributeOf attribute
        && (StringMethods.UNSUPPORTED.contains(attribute.name())
            || attribute.name().equals("fromkeys"))) {
      throw stream.fail("method '%s' is not supported".formatted(attribute.name()));
    }
    return new CallExpression(function, arguments());
  }

  private ArgumentList arguments() {
    stream.expectOperator("(");
    return state.nested(this::argumentList);
  }

  private ArgumentList argumentList() {
    List<ExpressionNode> positional = new ArrayList<>();
    Map<String, ExpressionNode> named = new LinkedHashMap<>();
    @Nullable ExpressionNode spreadItems = null;
    @Nullable ExpressionNode spreadNames = null;
    while (!stream.skipOperator(")")) {
      boolean spread = spreadItems != null || spreadNames != null;
      if (stream.current().isOperator("*")) {
        require(!spread);
        stream.next();
        spreadItems = expressions.expression();
      } else if (stream.current().isOperator("**")) {
        require(spreadNames == null);
        stream.next();
        spreadNames = expressions.expression();
      } else if (stream.isAt(TemplateToken.Kind.NAME) && stream.following().isOperator("=")) {
        require(spreadNames == null);
        String name = stream.next().text();
        stream.next();
        require(named.put(name, expressions.expression()) == null);
      } else {
        require(!spread && named.isEmpty());
        positional.add(expressions.expression());
      }
      if (!stream.current().isOperator(")")) {
        stream.expectOperator(",");
      }
    }
    return new ArgumentList(positional, named, spreadItems, spreadNames);
  }

  private void require(boolean valid) {
    if (!valid) {
      throw stream.fail("invalid arguments of a call");
    }
  }

  /** A filter whose {@code |} is behind us. */
  ExpressionNode filter(ExpressionNode of) {
    String name = dottedName();
    if (Filters.UNSUPPORTED.contains(name)) {
      throw stream.fail("filter '" + name + "' is not supported");
    }
    Filter filter = Filters.find(name);
    if (filter == null) {
      state.unknown("filter", name);
    }
    ArgumentList arguments = stream.current().isOperator("(") ? arguments() : ArgumentList.NONE;
    return new FilterExpression(of, name, filter, arguments);
  }

  private ExpressionNode test(ExpressionNode of) {
    boolean negated = stream.skipName("not");
    String name = dottedName();
    Test test = Tests.find(name);
    if (test == null) {
      state.unknown("test", name);
    }
    TestExpression expression = new TestExpression(of, name, test, testArguments());
    return negated ? new Unary(Unary.Operator.NOT, expression) : expression;
  }

  private String dottedName() {
    StringBuilder name = new StringBuilder(stream.expect(TemplateToken.Kind.NAME).text());
    while (stream.skipOperator(".")) {
      name.append('.').append(stream.expect(TemplateToken.Kind.NAME).text());
    }
    return name.toString();
  }

  private ArgumentList testArguments() {
    TemplateToken token = stream.current();
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
    ExpressionNode value = subscripted(expressions.primary());
    return new ArgumentList(List.of(value), Map.of(), null, null);
  }
}
