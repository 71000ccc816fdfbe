package io.touchstone.selection.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.DoubleFunction;

/** The highest or the lowest responses by one column; of equal ones the first. */
final class Extremes {

  static final Comparator<Double> HIGHEST = Comparator.reverseOrder();
  static final Comparator<Double> LOWEST = Comparator.naturalOrder();

  /** A response, and how many came before it. */
  private record Held(Extreme extreme, long before) {}

  private final int most;
  private final Comparator<Double> best;
  private final PriorityQueue<Held> worstFirst;
  private long seen;

  Extremes(int most, Comparator<Double> best) {
    this.most = most;
    this.best = best;
    this.worstFirst =
        new PriorityQueue<>(
            Comparator.comparing((Held held) -> held.extreme.score(), best)
                .thenComparingLong(Held::before)
                .reversed());
  }

  /**
   * @param extreme made only of what is kept
   */
  void add(double score, DoubleFunction<Extreme> extreme) {
    seen++;
    if (worstFirst.size() >= most) {
      Held worst = worstFirst.peek();
      if (worst == null || best.compare(score, worst.extreme.score()) >= 0) {
        return;
      }
      worstFirst.remove();
    }
    worstFirst.add(new Held(extreme.apply(score), seen));
  }

  /** The furthest first. */
  List<Extreme> list() {
    List<Held> held = new ArrayList<>(worstFirst);
    held.sort(worstFirst.comparator().reversed());
    return held.stream().map(Held::extreme).toList();
  }
}
