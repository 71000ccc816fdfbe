package io.touchstone.selection.report;

import io.touchstone.selection.statistics.Moments;
import io.touchstone.selection.statistics.Quantile;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Scores of one column in figures.
 *
 * @param std of the scores themselves, not an estimate for others
 * @param quantiles by name, {@code p1} to {@code p99}, interpolated
 */
public record Distribution(
    long count, double mean, double std, double min, double max, Map<String, Double> quantiles) {

  static final int[] PERCENT = {1, 5, 10, 25, 50, 75, 90, 95, 99};

  /**
   * @param sample some of the values whose moments these are, at least one
   */
  static Distribution of(Moments all, double[] sample) {
    double[] found =
        Quantile.of(sample, Arrays.stream(PERCENT).mapToDouble(each -> each / 100.0).toArray());
    Map<String, Double> quantiles = new LinkedHashMap<>();
    for (int i = 0; i < PERCENT.length; i++) {
      quantiles.put("p" + PERCENT[i], found[i]);
    }
    return new Distribution(
        all.count(), all.mean(), all.deviation(), all.min(), all.max(), quantiles);
  }

  /** Of those that are named. */
  public static List<Integer> percents() {
    return Arrays.stream(PERCENT).boxed().toList();
  }

  public double quantile(int percent) {
    return Objects.requireNonNull(quantiles.get("p" + percent), "one of PERCENT");
  }

  public double median() {
    return quantile(50);
  }
}
