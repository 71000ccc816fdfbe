package io.touchstone.reward;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How the values of one attribute are spread; distributions of parts add up to that of the whole.
 *
 * @param squares sum of squared differences from the mean
 * @param binExponent a bin is 2^binExponent wide
 * @param bins count by bin number; bin n holds the values from n * width up to (n + 1) * width
 * @param labels how many values became each label, from 0; empty where they became none
 */
public record ScoreDistribution(
    long count,
    double mean,
    double squares,
    double min,
    double max,
    int binExponent,
    SortedMap<Long, Long> bins,
    List<Long> labels) {

  /** Fine enough for a scale from 0 to 4, and a score of 1e30 still needs no more bins. */
  private static final int FINEST = -4;

  private static final int MOST_BINS = 128;

  public static final ScoreDistribution EMPTY =
      new ScoreDistribution(0, 0, 0, 0, 0, FINEST, new TreeMap<>(), List.of());

  public ScoreDistribution {
    bins = Collections.unmodifiableSortedMap(new TreeMap<>(bins));
    labels = List.copyOf(labels);
  }

  public static ScoreDistribution of(Iterable<Float> values) {
    long count = 0;
    double mean = 0;
    double squares = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      count++;
      double step = value - mean;
      mean += step / count;
      squares += step * (value - mean);
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    if (count == 0) {
      return EMPTY;
    }
    int exponent = exponentFor(min, max, FINEST);
    TreeMap<Long, Long> bins = new TreeMap<>();
    for (float value : values) {
      bins.merge(binOf(value, exponent), 1L, Long::sum);
    }
    return new ScoreDistribution(count, mean, squares, min, max, exponent, bins, List.of());
  }

  /** The same values, which became these labels. */
  public ScoreDistribution labelled(List<Long> labels) {
    return new ScoreDistribution(count, mean, squares, min, max, binExponent, bins, labels);
  }

  public ScoreDistribution plus(ScoreDistribution other) {
    if (count == 0) {
      return other;
    }
    if (other.count == 0) {
      return this;
    }
    // Chan, Golub and LeVeque (1979): moments of two parts give those of the whole.
    double difference = other.mean - mean;
    long total = count + other.count;
    double low = Math.min(min, other.min);
    double high = Math.max(max, other.max);
    int exponent = exponentFor(low, high, Math.max(binExponent, other.binExponent));
    TreeMap<Long, Long> sum = new TreeMap<>();
    for (ScoreDistribution part : List.of(this, other)) {
      part.bins.forEach((bin, n) -> sum.merge(bin >> (exponent - part.binExponent), n, Long::sum));
    }
    return new ScoreDistribution(
        total,
        mean + difference * other.count / total,
        squares + other.squares + difference * difference * count * other.count / total,
        low,
        high,
        exponent,
        sum,
        sum(labels, other.labels));
  }

  private static List<Long> sum(List<Long> left, List<Long> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return left.isEmpty() ? right : left;
    }
    return IntStream.range(0, left.size()).mapToObj(i -> left.get(i) + right.get(i)).toList();
  }

  /** Standard deviation of the values at hand (divided by their count). */
  public double deviation() {
    return count == 0 ? 0 : Math.sqrt(squares / count);
  }

  /** One bar of a histogram: values from {@code from} up to {@code to}. */
  public record Bar(double from, double to, long count) {}

  /** The distribution in at most {@code most} bars of equal width, from the lowest value up. */
  public List<Bar> bars(int most) {
    if (count == 0) {
      return List.of();
    }
    int shift = 0;
    while ((bins.lastKey() >> shift) - (bins.firstKey() >> shift) + 1 > most) {
      shift++;
    }
    TreeMap<Long, Long> coarse = new TreeMap<>();
    for (var bin : bins.entrySet()) {
      coarse.merge(bin.getKey() >> shift, bin.getValue(), Long::sum);
    }
    double width = Math.scalb(1.0, binExponent + shift);
    List<Bar> bars = new ArrayList<>();
    for (long bin = coarse.firstKey(); bin <= coarse.lastKey(); bin++) {
      bars.add(new Bar(bin * width, (bin + 1) * width, coarse.getOrDefault(bin, 0L)));
    }
    return bars;
  }

  private static int exponentFor(double min, double max, int atLeast) {
    int exponent = atLeast;
    // Bins beyond 2^52 could not be told apart in a double.
    while (binOf(max, exponent) - binOf(min, exponent) + 1 > MOST_BINS
        || Math.max(Math.abs(min), Math.abs(max)) > Math.scalb(1.0, exponent + 52)) {
      exponent++;
    }
    return exponent;
  }

  private static long binOf(double value, int exponent) {
    return (long) Math.floor(Math.scalb(value, -exponent));
  }
}
