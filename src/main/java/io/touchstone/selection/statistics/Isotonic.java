package io.touchstone.selection.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rising curve that is nearest to the points by the sum of squares, found by pooling adjacent
 * violators (Ayer et al., Annals of Mathematical Statistics 26, 1955).
 *
 * <p>Points of equal x count as one, with their mean. As in scikit-learn, each level keeps the
 * first and the last of its x as knots, and what lies between knots is interpolated.
 */
public final class Isotonic {
  private Isotonic() {}

  /** A knot of the curve. */
  public record Knot(double x, double y) {}

  private record Block(double first, double last, double mean, double weight) {
    Block joined(Block next) {
      double sum = weight + next.weight;
      return new Block(first, next.last, (mean * weight + next.mean * next.weight) / sum, sum);
    }
  }

  /**
   * @return from the lowest x up, the x rising, the y never falling
   */
  public static List<Knot> fit(double[] x, double[] y) {
    if (x.length == 0 || x.length != y.length) {
      throw new IllegalArgumentException(
          "isotonic fit: expected as many x as y, found " + x.length + " and " + y.length);
    }
    List<Block> blocks = new ArrayList<>();
    for (Block point : points(x, y)) {
      Block block = point;
      while (!blocks.isEmpty() && blocks.get(blocks.size() - 1).mean >= block.mean) {
        block = blocks.remove(blocks.size() - 1).joined(block);
      }
      blocks.add(block);
    }
    List<Knot> knots = new ArrayList<>();
    for (Block block : blocks) {
      knots.add(new Knot(block.first, block.mean));
      if (block.last > block.first) {
        knots.add(new Knot(block.last, block.mean));
      }
    }
    return knots;
  }

  private static List<Block> points(double[] x, double[] y) {
    List<Block> points = new ArrayList<>();
    List<Integer> byX =
        IntStream.range(0, x.length).boxed().sorted(Comparator.comparingDouble(i -> x[i])).toList();
    for (int i : byX) {
      Block point = new Block(x[i], x[i], y[i], 1);
      int last = points.size() - 1;
      if (last >= 0 && points.get(last).first == x[i]) {
        points.set(last, points.get(last).joined(point));
      } else {
        points.add(point);
      }
    }
    return points;
  }
}
