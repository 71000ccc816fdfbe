package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.builtin.Filter;
import io.touchstone.template.jinja.builtin.Globals;
import io.touchstone.template.jinja.builtin.Lookup;
import io.touchstone.template.jinja.builtin.Test;
import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.Callable;
import io.touchstone.template.jinja.python.ComparisonOperator;
import io.touchstone.template.jinja.python.Equality;
import io.touchstone.template.jinja.python.None;
import io.touchstone.template.jinja.python.Operators;
import io.touchstone.template.jinja.python.Printing;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Slice;
import io.touchstone.template.jinja.python.Tuple;
import io.touchstone.template.jinja.python.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What has a value. */
public sealed interface ExpressionNode {
  Object evaluate(Scope scope);

  /** The words that the template itself fixes, with {@code …} for what it does not. */
  default String fixedWords() {
    return "…";
  }

  /** A string, number, true, false or none. */
  record Literal(Object value) implements ExpressionNode {
    public static final Literal NONE = new Literal(None.VALUE);

    @Override
    public Object evaluate(Scope scope) {
      return value;
    }

    @Override
    public String fixedWords() {
      return Printing.str(value);
    }
  }

  /** A variable. */
  record Name(String name) implements ExpressionNode {
    /** The text of the block around it; no template can write a variable of this name. */
    public static final Name CAPTURED = new Name("captured text");

    @Override
    public Object evaluate(Scope scope) {
      return scope.get(name);
    }
  }

  /** {@code [a, b]}. */
  record ListExpression(List<ExpressionNode> items) implements ExpressionNode {
    @Override
    public Object evaluate(Scope scope) {
      return values(items, scope);
    }

    static List<Object> values(List<ExpressionNode> items, Scope scope) {
      scope.rendering().makeItems(items.size());
      List<Object> values = new ArrayList<>(items.size());
      for (ExpressionNode item : items) {
        values.add(item.evaluate(scope));
      }
      return values;
    }
  }

  /** {@code (a, b)}, or {@code a, b}. */
  record TupleExpression(List<ExpressionNode> items) implements ExpressionNode {
    @Override
    public Object evaluate(Scope scope) {
      return Tuple.of(ListExpression.values(items, scope));
    }
  }

  /** {@code {'a': b}}. */
  record DictExpression(List<Pair> pairs) implements ExpressionNode {
    /** A key and its value. */
    public record Pair(ExpressionNode key, ExpressionNode value) {}

    @Override
    public Object evaluate(Scope scope) {
      scope.rendering().makeItems(pairs.size());
      Map<Object, Object> dict = new LinkedHashMap<>();
      for (Pair pair : pairs) {
        Object key = pair.key.evaluate(scope);
        Equality.put(dict, key, pair.value.evaluate(scope));
      }
      return dict;
    }
  }

  /** {@code of.name}. */
  record AttributeOf(ExpressionNode of, String name) implements ExpressionNode {
    @Override
    public Object evaluate(Scope scope) {
      scope.rendering().step();
      return Lookup.attribute(of.evaluate(scope), name);
    }
  }

  /** {@code of[key]}. */
  record ItemOf(ExpressionNode of, ExpressionNode key) implements ExpressionNode {
    @Override
    public Object evaluate(Scope scope) {
      scope.rendering().step();
      Object value = of.evaluate(scope);
      return Lookup.item(value, key.evaluate(scope));
    }
  }

  /**
   * {@code of[start:stop:step]}.
   *
   * @param bounds start, stop and step; none where left out
   */
  record SliceOf(ExpressionNode of, List<ExpressionNode> bounds) implements ExpressionNode {
    @Override
    public Object evaluate(Scope scope) {
      scope.rendering().step();
      Object value = of.evaluate(scope);
      return Slice.of(value, ListExpression.values(bounds, scope), scope.rendering());
    }
  }

  /** {@code function(arguments)}. */
  record CallExpression(ExpressionNode function, ArgumentList arguments) implements ExpressionNode {
    @Override
    public Object evaluate(Scope scope) {
      return call(scope, null);
    }

    /**
     * @param caller the body of a call block, else null
     */
    Object call(Scope scope, @Nullable Object caller) {
      scope.rendering().step();
      Object value = function.evaluate(scope);
      Arguments given = arguments.evaluate(scope);
      if (value == Globals.RAISE_EXCEPTION) {
        throw new PythonError("the template raised: " + arguments.fixedWords());
      }
      if (!(value instanceof Callable callable)) {
        throw new PythonError("cannot call " + described(value));
      }
      if (caller != null) {
        Map<String, Object> named = new LinkedHashMap<>(given.named());
        named.put("caller", caller);
        given = new Arguments(given.positional(), named);
      }
      return callable.call(given, scope.rendering());
    }

    private String described(Object value) {
      String type = Value.typeName(value);
      if (function instanceof Name name) {
        return "'%s', which is %s".formatted(name.name, type);
      }
      return function instanceof AttributeOf attribute
          ? "'.%s', which is %s".formatted(attribute.name, type)
          : type;
    }
  }

  /**
   * {@code of|name(arguments)}.
   *
   * @param filter null where jinja2 has none of that name, which is an error once it is reached
   */
  record FilterExpression(
      ExpressionNode of, String name, @Nullable Filter filter, ArgumentList arguments)
      implements ExpressionNode {
    @Override
    public Object evaluate(Scope scope) {
      scope.rendering().step();
      if (filter == null) {
        throw new PythonError("no filter named '" + name + "'");
      }
      Object value = of.evaluate(scope);
      return filter.apply(value, arguments.evaluate(scope), scope.rendering());
    }
  }

  /**
   * {@code of is name(arguments)}.
   *
   * @param test null where jinja2 has none of that name, which is an error once it is reached
   */
  record TestExpression(ExpressionNode of, String name, @Nullable Test test, ArgumentList arguments)
      implements ExpressionNode {
    @Override
    public Object evaluate(Scope scope) {
      scope.rendering().step();
      if (test == null) {
        throw new PythonError("no test named '" + name + "'");
      }
      Object value = of.evaluate(scope);
      return test.of(value, arguments.evaluate(scope), scope.rendering());
    }
  }

  /** {@code -a}, {@code +a} or {@code not a}. */
  record Unary(Operator operator, ExpressionNode operand) implements ExpressionNode {
    /** Which of them. */
    public enum Operator {
      MINUS,
      PLUS,
      NOT
    }

    @Override
    public Object evaluate(Scope scope) {
      Object value = operand.evaluate(scope);
      return switch (operator) {
        case MINUS -> Operators.negate(value);
        case PLUS -> Operators.plus(value);
        case NOT -> !Value.isTrue(value);
      };
    }
  }

  /** Operators on two values. */
  record Binary(Operator operator, ExpressionNode left, ExpressionNode right)
      implements ExpressionNode {
    /** Python's arithmetic operators. */
    public enum Operator {
      ADD,
      SUBTRACT,
      MULTIPLY,
      DIVIDE,
      FLOOR_DIVIDE,
      MODULO,
      POWER
    }

    @Override
    public Object evaluate(Scope scope) {
      Rendering rendering = scope.rendering();
      rendering.step();
      Object a = left.evaluate(scope);
      Object b = right.evaluate(scope);
      return switch (operator) {
        case ADD -> Operators.add(a, b, rendering);
        case SUBTRACT -> Operators.subtract(a, b);
        case MULTIPLY -> Operators.multiply(a, b, rendering);
        case DIVIDE -> Operators.divide(a, b);
        case FLOOR_DIVIDE -> Operators.floorDivide(a, b);
        case MODULO -> Operators.modulo(a, b, rendering);
        case POWER -> Operators.power(a, b);
      };
    }

    @Override
    public String fixedWords() {
      return operator == Operator.ADD ? left.fixedWords() + right.fixedWords() : "…";
    }
  }

  /** {@code a ~ b ~ c}. */
  record Concatenation(List<ExpressionNode> parts) implements ExpressionNode {
    @Override
    public Object evaluate(Scope scope) {
      StringBuilder out = new StringBuilder();
      for (ExpressionNode part : parts) {
        String text = Printing.str(part.evaluate(scope));
        scope.rendering().make(text.length());
        out.append(text);
      }
      return out.toString();
    }

    @Override
    public String fixedWords() {
      return parts.stream().map(ExpressionNode::fixedWords).collect(Collectors.joining());
    }
  }

  /** {@code a < b <= c}, {@code a in b}. */
  record ComparisonChain(ExpressionNode first, List<Operand> others) implements ExpressionNode {
    /** An operator and what stands on its right. */
    public record Operand(ComparisonOperator operator, ExpressionNode expression) {}

    @Override
    public Object evaluate(Scope scope) {
      scope.rendering().step();
      Object left = first.evaluate(scope);
      for (Operand operand : others) {
        Object right = operand.expression.evaluate(scope);
        if (!operand.operator.holds(left, right)) {
          return false;
        }
        left = right;
      }
      return true;
    }
  }

  /** {@code a and b}, {@code a or b}: the operand that decides. */
  record Logical(Operator operator, ExpressionNode left, ExpressionNode right)
      implements ExpressionNode {
    /** Which of the two. */
    public enum Operator {
      AND,
      OR
    }

    @Override
    public Object evaluate(Scope scope) {
      Object value = left.evaluate(scope);
      return Value.isTrue(value) == (operator == Operator.OR) ? value : right.evaluate(scope);
    }
  }

  /** {@code a if condition else b}. */
  record Conditional(ExpressionNode condition, ExpressionNode then, ExpressionNode otherwise)
      implements ExpressionNode {
    @Override
    public Object evaluate(Scope scope) {
      return Value.isTrue(condition.evaluate(scope))
          ? then.evaluate(scope)
          : otherwise.evaluate(scope);
    }
  }
}
