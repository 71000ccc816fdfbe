package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.Printing;
import io.touchstone.template.jinja.python.Str;
import io.touchstone.template.jinja.python.Value;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What writes, assigns or repeats. */
public sealed interface StatementNode {
  Flow execute(Scope scope, Output output);

  /** Text that stands in the template. */
  record TemplateText(String text) implements StatementNode {
    @Override
    public Flow execute(Scope scope, Output output) {
      output.append(text);
      return Flow.NORMAL;
    }
  }

  /** {@code {{ expression }}}. */
  record Print(ExpressionNode expression, int line) implements StatementNode {
    @Override
    public Flow execute(Scope scope, Output output) {
      scope.rendering().at(line);
      output.append(Printing.str(expression.evaluate(scope)));
      return Flow.NORMAL;
    }
  }

  /** {@code {% if %} {% elif %} {% else %}}; the else is a branch whose condition is true. */
  record IfStatement(List<Branch> branches) implements StatementNode {
    /** A condition and what it guards. */
    public record Branch(ExpressionNode condition, Body body, int line) {}

    @Override
    public Flow execute(Scope scope, Output output) {
      for (Branch branch : branches) {
        scope.rendering().at(branch.line);
        if (Value.isTrue(branch.condition.evaluate(scope))) {
          return branch.body.execute(scope, output);
        }
      }
      return Flow.NORMAL;
    }
  }

  /** {@code {% set target = value %}}. */
  record SetStatement(Target target, ExpressionNode value, int line) implements StatementNode {
    @Override
    public Flow execute(Scope scope, Output output) {
      scope.rendering().at(line);
      target.check(scope);
      target.assign(value.evaluate(scope), scope);
      return Flow.NORMAL;
    }
  }

  /**
   * {@code {% set target %}...{% endset %}}.
   *
   * @param value the block's text, through the filters if there are any
   */
  record SetBlock(Target target, ExpressionNode value, Body body, int line)
      implements StatementNode {
    @Override
    public Flow execute(Scope scope, Output output) {
      Scope inner = scope.inner(body.hidden());
      Output captured = new Output(scope.rendering());
      Flow flow = body.execute(inner, captured);
      if (flow != Flow.NORMAL) {
        return flow;
      }
      scope.rendering().at(line);
      target.check(scope);
      inner.put(ExpressionNode.Name.CAPTURED.name(), captured.captured());
      target.assign(value.evaluate(inner), scope);
      return Flow.NORMAL;
    }
  }

  /** {@code {% with a = b %}...{% endwith %}}. */
  record WithBlock(List<Assignment> assignments, Body body, int line) implements StatementNode {
    /** One of its variables. */
    public record Assignment(Target target, ExpressionNode value) {}

    @Override
    public Flow execute(Scope scope, Output output) {
      scope.rendering().at(line);
      Scope inner = scope.inner(body.hidden());
      for (Assignment assignment : assignments) {
        assignment.target.assign(assignment.value.evaluate(scope), inner);
      }
      return body.execute(inner, output);
    }
  }

  /** {@code {% filter upper %}...{% endfilter %}}. */
  record FilterBlock(ExpressionNode value, Body body, int line) implements StatementNode {
    @Override
    public Flow execute(Scope scope, Output output) {
      Scope inner = scope.inner(body.hidden());
      Output captured = new Output(scope.rendering());
      Flow flow = body.execute(inner, captured);
      if (flow != Flow.NORMAL) {
        return flow;
      }
      scope.rendering().at(line);
      inner.put(ExpressionNode.Name.CAPTURED.name(), captured.captured());
      // jinja2 joins what the filter gave to the text around it, and does not print it first.
      output.append(Str.required(value.evaluate(inner), "what a filter block gives"));
      return Flow.NORMAL;
    }
  }

  /** {@code {% call(parameters) macro(arguments) %}...{% endcall %}}. */
  record CallBlock(ExpressionNode.CallExpression call, MacroDefinition body, int line)
      implements StatementNode {
    @Override
    public Flow execute(Scope scope, Output output) {
      scope.rendering().at(line);
      Object text = call.call(scope, new Macro(body, scope));
      output.append(Printing.str(text));
      return Flow.NORMAL;
    }
  }

  /** transformers' {@code {% generation %}}: its text, as if the tag were not there. */
  record GenerationBlock(Body body) implements StatementNode {
    @Override
    public Flow execute(Scope scope, Output output) {
      Output captured = new Output(scope.rendering());
      body.execute(scope.inner(body.hidden()), captured);
      output.append(captured.captured());
      return Flow.NORMAL;
    }
  }

  /** {@code {% break %}} and {@code {% continue %}}. */
  record LoopExit(Flow flow) implements StatementNode {
    @Override
    public Flow execute(Scope scope, Output output) {
      return flow;
    }
  }

  /**
   * {@code {% macro name(parameters) %}}, or the body of a call block.
   *
   * @param name empty for a call block's body
   * @param read names that the body reads before it writes them: decides whether it takes {@code
   *     caller}, {@code varargs} and {@code kwargs}
   */
  record MacroDefinition(String name, List<Parameter> parameters, Body body, Set<String> read)
      implements StatementNode {
    /** A parameter and what it is where the call does not say. */
    public record Parameter(String name, @Nullable ExpressionNode fallback) {}

    @Override
    public Flow execute(Scope scope, Output output) {
      scope.put(name, new Macro(this, scope));
      return Flow.NORMAL;
    }
  }

  /** {@code {% for target in items if condition %}...{% else %}...{% endfor %}}. */
  record ForLoop(Head head, Body body, Body otherwise, LoopVariable loopVariable, int line)
      implements StatementNode {
    /** What is looped over. */
    public record Head(Target target, ExpressionNode items, @Nullable ExpressionNode condition) {}

    /** Whether the body has a {@code loop} of its own. */
    public enum LoopVariable {
      UNUSED,
      USED,
      RECURSIVE
    }

    @Override
    public Flow execute(Scope scope, Output output) {
      scope.rendering().at(line);
      Object items = head.items.evaluate(scope);
      if (loopVariable == LoopVariable.RECURSIVE) {
        output.append(renderRecursively(items, scope, 0));
        return Flow.NORMAL;
      }
      return rounds(loop(items, scope, 0, null), scope, output);
    }

    private String renderRecursively(Object items, Scope scope, int depth) {
      Output captured = new Output(scope.rendering());
      LoopState loop =
          loop(items, scope, depth, (inner, deeper) -> renderRecursively(inner, scope, deeper));
      rounds(loop, scope, captured);
      return captured.captured();
    }

    private LoopState loop(
        Object items, Scope scope, int depth, LoopState.@Nullable Recursion recursion) {
      ExpressionNode condition = head.condition;
      if (condition != null) {
        Iterator<Object> chosen =
            Iteration.chosen(
                Iteration.over(items), item -> isChosen(item, condition, scope), scope.rendering());
        return new LoopState(chosen, -1, depth, recursion);
      }
      return new LoopState(Iteration.over(items), Iteration.lengthOrNone(items), depth, recursion);
    }

    private Flow rounds(LoopState loop, Scope scope, Output output) {
      boolean finishedARound = false;
      while (loop.hasNext()) {
        scope.rendering().step();
        Scope round = scope.inner(body.hidden());
        head.target.assign(loop.next(), round);
        if (loopVariable != LoopVariable.UNUSED) {
          round.put("loop", loop);
        }
        Flow flow = body.execute(round, output);
        if (flow == Flow.BREAK) {
          break;
        }
        // jinja2 notes a round at its end, where continue and break do not come.
        finishedARound |= flow == Flow.NORMAL;
      }
      return finishedARound
          ? Flow.NORMAL
          : otherwise.execute(scope.inner(otherwise.hidden()), output);
    }

    private boolean isChosen(Object item, ExpressionNode condition, Scope scope) {
      Scope test = scope.inner(Set.of());
      head.target.assign(item, test);
      return Value.isTrue(condition.evaluate(test));
    }
  }
}
