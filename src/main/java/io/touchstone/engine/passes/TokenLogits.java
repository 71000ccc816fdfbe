package io.touchstone.engine.passes;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.engine.program.PassProgram;
import io.touchstone.generation.Logits;
import java.util.ArrayList;
import java.util.List;

/** One row of a pass's logits, of which tiles have told the largest and the sum. */
final class TokenLogits implements Logits {
  private final PassProgram program;
  private final PtNDArray all;
  private final int row;
  private final int argmax;
  private final double logSumExp;

  private TokenLogits(PassProgram program, PtNDArray all, int row, int argmax, double logSumExp) {
    this.program = program;
    this.all = all;
    this.row = row;
    this.argmax = argmax;
    this.logSumExp = logSumExp;
  }

  /**
   * The first rows.
   *
   * @param all logits, [rows, vocabulary]
   * @param summary as the program lays it out
   */
  static List<Logits> of(PassProgram program, PtNDArray all, double[] summary, int count) {
    int rows = (int) all.getShape().get(0);
    int tiles = summary.length / (3 * rows);
    List<Logits> logits = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      int best = 0;
      for (int t = 1; t < tiles; t++) {
        // Tiles are in the order of ids: of those that share the largest the first is the lowest.
        if (!(summary[at(t, rows, r)] <= summary[at(best, rows, r)])) {
          best = t;
        }
      }
      double largest = summary[at(best, rows, r)];
      double sum = 0;
      for (int t = 0; t < tiles; t++) {
        sum += summary[at(t, rows, r) + 2 * rows] * Math.exp(summary[at(t, rows, r)] - largest);
      }
      logits.add(
          new TokenLogits(
              program, all, r, (int) summary[at(best, rows, r) + rows], largest + Math.log(sum)));
    }
    return logits;
  }

  /** Where a tile's largest logit of a row stands. */
  private static int at(int tile, int rows, int row) {
    return 3 * rows * tile + row;
  }

  @Override
  public int argmax() {
    return argmax;
  }

  @Override
  public float at(int id) {
    try (PtNDManager own = manager()) {
      return program.rows(own, program.row(own, all, row), id, id + 1L).toFloatArray()[0];
    }
  }

  @Override
  public double logSumExp() {
    return logSumExp;
  }

  @Override
  public float[] all() {
    try (PtNDManager own = manager()) {
      return program.row(own, all, row).toFloatArray();
    }
  }

  private PtNDManager manager() {
    return (PtNDManager) all.getManager().newSubManager();
  }
}
