package io.touchstone.selection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Joins several models' scores of the same candidates by the places that each gives them. */
public final class MeanRank {

  private MeanRank() {}

  /**
   * Each candidate's place, counted from the worst (1) to the best (their number), equal scores
   * sharing the mean of their places; then the mean over the models. Higher is better, as with
   * scores.
   *
   * @param byModel one list for each model, each with one score for each candidate
   */
  public static List<Double> of(List<List<Double>> byModel) {
    int candidates = byModel.get(0).size();
    List<Double> sums = new ArrayList<>(Collections.nCopies(candidates, 0.0));
    for (List<Double> scores : byModel) {
      for (int i = 0; i < candidates; i++) {
        sums.set(i, sums.get(i) + place(scores, scores.get(i)));
      }
    }
    return sums.stream().map(sum -> sum / byModel.size()).toList();
  }

  private static double place(List<Double> scores, double score) {
    int below = 0;
    int equal = 0;
    for (double other : scores) {
      below += other < score ? 1 : 0;
      equal += other == score ? 1 : 0;
    }
    return below + (equal + 1) / 2.0;
  }
}
