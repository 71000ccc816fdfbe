package io.touchstone.selection.benchmark;

import java.util.List;

/**
 * One task of a benchmark and the scores that its answers got.
 *
 * @param id the benchmark's own, made unique within the stratum
 * @param stratum the part of the benchmark that the task belongs to, such as a subset
 * @param chosen scores of the answers that should win
 * @param rejected scores of the answers that should lose
 * @param tie what equal scores earn, where one answer meets one
 */
public record Trial(
    String id, String stratum, List<Double> chosen, List<Double> rejected, double tie) {

  public Trial {
    chosen = List.copyOf(chosen);
    rejected = List.copyOf(rejected);
    if (chosen.isEmpty() || rejected.isEmpty()) {
      throw new IllegalArgumentException(
          "trial " + id + ": expected scores on both sides, found none on one");
    }
  }

  /** What the first chosen answer earns against the first rejected one. */
  double won() {
    double winner = chosen.get(0);
    double loser = rejected.get(0);
    return winner > loser ? 1 : winner < loser ? 0 : tie;
  }
}
