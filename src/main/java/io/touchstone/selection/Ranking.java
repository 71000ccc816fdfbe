package io.touchstone.selection;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The candidates of one prompt, best first; of equal scores the first candidate comes first.
 *
 * @param scores by candidate; finite
 * @param order candidates by place
 */
public record Ranking(List<Double> scores, List<Integer> order) {

  public Ranking {
    scores = List.copyOf(scores);
    order = List.copyOf(order);
  }

  public static Ranking of(List<Double> scores) {
    Comparator<Integer> best = Comparator.comparingDouble(i -> 0.0 - scores.get(i));
    return new Ranking(scores, IntStream.range(0, scores.size()).boxed().sorted(best).toList());
  }

  /** The best {@code count} candidates, or all if there are fewer. */
  public List<Integer> top(int count) {
    return order.subList(0, Math.min(count, order.size()));
  }

  /** Whether only the candidates' order, and not their scores, decided who is among the best. */
  public boolean isTiedAt(int count) {
    return count < order.size()
        && scores.get(order.get(count - 1)).doubleValue() == scores.get(order.get(count));
  }

  /** The candidate with the lowest score, the first of several. */
  public int worst() {
    double lowest = scores.get(order.get(order.size() - 1));
    return order.stream()
        .filter(candidate -> scores.get(candidate) == lowest)
        .findFirst()
        .orElseThrow();
  }
}
