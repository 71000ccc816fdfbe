package io.touchstone.selection.report;

import io.touchstone.conversation.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * How often two columns put two responses to one prompt in the same order. Responses to one prompt
 * are those that follow each other, in one row or in several.
 */
final class OrderTally {

  /** The number of pairs grows with the square; a prompt of thousands would outweigh all others. */
  private static final int MOST_OF_A_PROMPT = 64;

  private final int width;
  private final long[][] alike;
  private final long[][] opposed;
  private final List<double[]> group = new ArrayList<>();
  private List<Turn> prompt = List.of();

  OrderTally(int width) {
    this.width = width;
    this.alike = new long[width][width];
    this.opposed = new long[width][width];
  }

  void add(ScoredResponse response) {
    if (!response.prompt().equals(prompt)) {
      group.clear();
      prompt = response.prompt();
    }
    if (group.size() == MOST_OF_A_PROMPT) {
      return;
    }
    double[] scores = response.scores();
    for (double[] earlier : group) {
      for (int a = 0; a < width; a++) {
        for (int b = a + 1; b < width; b++) {
          double product =
              Math.signum(scores[a] - earlier[a]) * Math.signum(scores[b] - earlier[b]);
          alike[a][b] += product > 0 ? 1 : 0;
          opposed[a][b] += product < 0 ? 1 : 0;
        }
      }
    }
    group.add(scores);
  }

  /** Pairs that both columns tell apart, and order alike; {@code a} comes before {@code b}. */
  long alike(int a, int b) {
    return alike[a][b];
  }

  /** Pairs that both columns tell apart; {@code a} comes before {@code b}. */
  long pairs(int a, int b) {
    return alike[a][b] + opposed[a][b];
  }
}
