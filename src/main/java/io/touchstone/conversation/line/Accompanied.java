package io.touchstone.conversation.line;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Something of a score, and the same of each number or text that stands beside it: names, places or
 * texts.
 *
 * @param beside in the order of the fields; none where the score stands alone
 */
public record Accompanied<T>(T score, List<T> beside) {

  public Accompanied {
    beside = List.copyOf(beside);
  }

  public <R> Accompanied<R> map(Function<T, R> function) {
    return new Accompanied<>(function.apply(score), beside.stream().map(function).toList());
  }

  /**
   * Those of all scores, then the first that stand beside them, then the second: the order in which
   * rows have them.
   */
  public static <T> List<T> inOrder(List<Accompanied<T>> all) {
    List<T> order = new ArrayList<>();
    all.forEach(each -> order.add(each.score));
    int most = all.stream().mapToInt(each -> each.beside.size()).max().orElse(0);
    for (int i = 0; i < most; i++) {
      for (Accompanied<T> each : all) {
        order.add(each.beside.get(i));
      }
    }
    return order;
  }
}
