package io.touchstone.selection;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

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
    NaturalRanking ranking = new NaturalRanking(TiesStrategy.AVERAGE);
    double[] sums = new double[byModel.get(0).size()];
    for (List<Double> scores : byModel) {
      // With 0 in place of -0, which would not be its equal.
      double[] places = ranking.rank(scores.stream().mapToDouble(score -> score + 0.0).toArray());
      Arrays.setAll(sums, i -> sums[i] + places[i]);
    }
    return Arrays.stream(sums).mapToObj(sum -> sum / byModel.size()).toList();
  }
}
