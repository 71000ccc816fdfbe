package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.Value;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code {% for target in items if condition %}...{% else %}...{% endfor %}}. */
public record ForLoop(Head head, Body body, Body otherwise, LoopVariable loopVariable, int line)
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
    return run(items, scope, output);
  }

  private String renderRecursively(Object items, Scope scope, int depth) {
    Output captured = new Output(scope.rendering());
    LoopState loop =
        loop(items, scope, depth, (inner, deeper) -> renderRecursively(inner, scope, deeper));
    rounds(loop, scope, captured);
    return captured.captured();
  }

  private Flow run(Object items, Scope scope, Output output) {
    return rounds(loop(items, scope, 0, null), scope, output);
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
    long length = Iteration.hasLength(items) ? Iteration.length(items) : -1;
    return new LoopState(Iteration.over(items), length, depth, recursion);
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
      // jinja2 notes that there was a round at the end of one, where continue and break do not
      // come.
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
