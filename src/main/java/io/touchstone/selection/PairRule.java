package io.touchstone.selection;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

/**
 * A line for each preference pair of a prompt's candidates: those that {@code which} names, if
 * chosen is above rejected, by {@code margin} at least; those that are furthest apart first.
 *
 * @param margin the least difference of their scores, as decimals; 0 for any
 * @param perPrompt the most pairs of one prompt
 */
public record PairRule(Which which, BigDecimal margin, int perPrompt) implements Choice {

  public PairRule {
    if (margin.signum() < 0) {
      throw new IllegalArgumentException("margin: expected a number from 0, found " + margin);
    }
    if (perPrompt < 1) {
      throw new IllegalArgumentException("pairs: expected at least 1, found " + perPrompt);
    }
  }

  /** The pairs that come into question. */
  public enum Which {
    /** The best candidate and the worst. */
    BEST_WORST,
    /** The best candidate with each other. */
    BEST_EACH,
    /** Each candidate with each that is below it. */
    ALL
  }

  /** Two candidates of a prompt, by their places in the row. */
  public record Pair(int chosen, int rejected) {}

  /**
   * Pairs, furthest apart first; of equal differences, the pair whose candidates come first.
   *
   * @param scores by candidate, as they are written: 0.3 and 0.2 are 0.1 apart, which their doubles
   *     are not
   */
  public List<Pair> pairs(Ranking ranking, List<BigDecimal> scores) {
    return candidates(ranking).stream()
        .filter(pair -> isApart(difference(scores, pair)))
        .sorted(
            Comparator.<Pair, BigDecimal>comparing(pair -> difference(scores, pair))
                .reversed()
                .thenComparing(Pair::chosen)
                .thenComparing(Pair::rejected))
        .limit(perPrompt)
        .toList();
  }

  private boolean isApart(BigDecimal difference) {
    return difference.signum() > 0 && difference.compareTo(margin) >= 0;
  }

  private List<Pair> candidates(Ranking ranking) {
    int best = ranking.order().get(0);
    return switch (which) {
      case BEST_WORST -> List.of(new Pair(best, ranking.worst()));
      case BEST_EACH -> ranking.order().stream().map(other -> new Pair(best, other)).toList();
      case ALL ->
          ranking.order().stream()
              .flatMap(
                  chosen -> ranking.order().stream().map(rejected -> new Pair(chosen, rejected)))
              .toList();
    };
  }

  private static BigDecimal difference(List<BigDecimal> scores, Pair pair) {
    return scores.get(pair.chosen()).subtract(scores.get(pair.rejected()));
  }
}
