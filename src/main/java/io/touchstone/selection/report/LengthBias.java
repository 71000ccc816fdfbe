package io.touchstone.selection.report;

import io.touchstone.selection.statistics.Agreement;
import io.touchstone.selection.statistics.Quantile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How scores go with the length, in characters, of what they are given to.
 *
 * @param pearson null where lengths or scores are all equal
 * @param spearman null where lengths or scores are all equal
 * @param bins of nearly equally many responses, from the shortest to the longest
 * @param points some responses, for a picture
 */
public record LengthBias(
    @Nullable Double pearson,
    @Nullable Double spearman,
    String sentence,
    List<Bin> bins,
    List<Point> points) {

  /** Of fewer responses a median by length says nothing. */
  public static final int LEAST_FOR_LINE = 50;

  private static final int MOST_BINS = 10;
  private static final int LEAST_PER_BIN = 3;
  private static final int MOST_POINTS = 400;

  /**
   * Characters of the shortest, the middle and the longest response, and the quartiles of their
   * scores.
   */
  public record Bin(
      int from, int middle, int to, long count, double lower, double median, double upper) {}

  /** A response. */
  public record Point(int length, double score) {}

  /** Whether there are enough responses to draw the course of their scores. */
  public boolean isDrawnAsLine() {
    return bins.stream().mapToLong(Bin::count).sum() >= LEAST_FOR_LINE;
  }

  static LengthBias of(double[] scores, double[] lengths, OptionalDouble pearson) {
    OptionalDouble spearman = Agreement.spearman(scores, lengths);
    return new LengthBias(
        Report.orNull(pearson),
        Report.orNull(spearman),
        sentence(spearman),
        bins(scores, lengths),
        points(scores, lengths));
  }

  /** The words for a correlation's size are Cohen's (Statistical Power Analysis, 1988). */
  private static String sentence(OptionalDouble spearman) {
    if (spearman.isEmpty()) {
      return "All responses have one length or one score: nothing can be said about length bias.";
    }
    double size = Math.abs(spearman.getAsDouble());
    String rank = String.format(Locale.ROOT, " (Spearman %.2f).", spearman.getAsDouble());
    if (size < 0.1) {
      return "Scores hardly go with the length of the response" + rank;
    }
    String strength = size < 0.3 ? "weakly" : size < 0.5 ? "moderately" : "strongly";
    return (spearman.getAsDouble() > 0 ? "Longer" : "Shorter")
        + " responses score higher, "
        + strength
        + rank;
  }

  private static List<Bin> bins(double[] scores, double[] lengths) {
    Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> lengths[i]));
    int bins = Math.max(1, Math.min(MOST_BINS, scores.length / LEAST_PER_BIN));
    List<Bin> found = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      int from = (int) ((long) scores.length * bin / bins);
      int to = (int) ((long) scores.length * (bin + 1) / bins);
      double[] within = IntStream.range(from, to).mapToDouble(i -> scores[order[i]]).toArray();
      double[] quartiles = Quantile.of(within, 0.25, 0.5, 0.75);
      found.add(
          new Bin(
              (int) lengths[order[from]],
              (int) lengths[order[(from + to) / 2]],
              (int) lengths[order[to - 1]],
              within.length,
              quartiles[0],
              quartiles[1],
              quartiles[2]));
    }
    return found;
  }

  /** Picks evenly from all: neighbours in a sample are of one file. */
  private static List<Point> points(double[] scores, double[] lengths) {
    int points = Math.min(MOST_POINTS, scores.length);
    return IntStream.range(0, points)
        .map(i -> (int) ((long) i * scores.length / points))
        .mapToObj(i -> new Point((int) lengths[i], scores[i]))
        .toList();
  }
}
