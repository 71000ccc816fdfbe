package io.touchstone.conversation.line;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/** The highest of a row's numbers. */
public final class HighestNumber {

  private HighestNumber() {}

  /**
   * The place of the first of those that are highest.
   *
   * @param counts whether a place counts, from 0
   * @return empty if none does
   * @throws RowProblem if there is no number at a place that counts
   */
  public static OptionalInt place(List<RowValue> numbers, IntPredicate counts) {
    OptionalInt best = OptionalInt.empty();
    double highest = 0;
    for (int i = 0; i < numbers.size(); i++) {
      if (counts.test(i)) {
        double number = numbers.get(i).number();
        if (best.isEmpty() || number > highest) {
          best = OptionalInt.of(i);
          highest = number;
        }
      }
    }
    return best;
  }
}
