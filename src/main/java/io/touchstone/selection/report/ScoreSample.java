package io.touchstone.selection.report;

import io.touchstone.selection.statistics.Reservoir;
import java.util.Arrays;

/** Scores of responses side by side: of all, or beyond a number of them an even sample. */
final class ScoreSample {
  private static final int FIRST_ROOM = 256;

  private final int most;
  private final Reservoir reservoir;
  private final double[][] columns;
  private double[] lengths;

  /**
   * @param width scores of a response
   */
  ScoreSample(int width, int most) {
    this.most = most;
    this.reservoir = new Reservoir(most, 1);
    this.columns = new double[width][Math.min(most, FIRST_ROOM)];
    this.lengths = new double[Math.min(most, FIRST_ROOM)];
  }

  void add(double[] scores, int length) {
    int place = reservoir.place();
    if (place < 0) {
      return;
    }
    if (place == lengths.length) {
      int room = (int) Math.min(most, 2L * place);
      lengths = Arrays.copyOf(lengths, room);
      Arrays.setAll(columns, i -> Arrays.copyOf(columns[i], room));
    }
    lengths[place] = length;
    for (int i = 0; i < columns.length; i++) {
      columns[i][place] = scores[i];
    }
  }

  boolean isWhole() {
    return reservoir.keepsAll();
  }

  double[] scores(int column) {
    return Arrays.copyOf(columns[column], reservoir.held());
  }

  double[] lengths() {
    return Arrays.copyOf(lengths, reservoir.held());
  }
}
