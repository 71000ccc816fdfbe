package io.touchstone.selection.report;

import io.touchstone.selection.statistics.Moments;
import io.touchstone.selection.statistics.Reservoir;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The scores of the responses that one input file, or all of a result, has: moments of all, and
 * side by side all, or beyond a number of them an even sample.
 */
final class SourceScores {
  private static final int FIRST_ROOM = 256;

  private final int mostInSample;
  private final Reservoir reservoir;
  private final List<Moments> moments = new ArrayList<>();
  private final double[][] columns;
  private double[] lengths;

  /**
   * @param width scores of a response
   */
  SourceScores(int width, int mostInSample) {
    this.mostInSample = mostInSample;
    this.reservoir = new Reservoir(mostInSample, 1);
    this.columns = new double[width][Math.min(mostInSample, FIRST_ROOM)];
    this.lengths = new double[Math.min(mostInSample, FIRST_ROOM)];
    for (int i = 0; i < width; i++) {
      moments.add(new Moments());
    }
  }

  void add(double[] scores, int length) {
    for (int i = 0; i < scores.length; i++) {
      moments.get(i).add(scores[i]);
    }
    int place = reservoir.place();
    if (place < 0) {
      return;
    }
    if (place == lengths.length) {
      int room = (int) Math.min(mostInSample, 2L * place);
      lengths = Arrays.copyOf(lengths, room);
      Arrays.setAll(columns, i -> Arrays.copyOf(columns[i], room));
    }
    lengths[place] = length;
    for (int i = 0; i < columns.length; i++) {
      columns[i][place] = scores[i];
    }
  }

  long count() {
    return moments.get(0).count();
  }

  /** Whether the sample holds all. */
  boolean isWhole() {
    return reservoir.keepsAll();
  }

  /** Scores in the sample. */
  double[] scores(int column) {
    return Arrays.copyOf(columns[column], reservoir.held());
  }

  /** Lengths in the sample, in characters. */
  double[] lengths() {
    return Arrays.copyOf(lengths, reservoir.held());
  }

  Distribution distribution(int column) {
    return Distribution.of(moments.get(column), scores(column));
  }
}
