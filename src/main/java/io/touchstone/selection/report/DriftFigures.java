package io.touchstone.selection.report;

import io.touchstone.selection.statistics.Drift;
import java.util.Locale;

/**
 * How one column's scores differ from those of an older result.
 *
 * @param verdict {@code none}, {@code slight} or {@code shift}, by the index
 * @param psi population stability index over the older scores' deciles
 * @param psiByChance what the index is about where nothing moved, for as many scores
 * @param ks Kolmogorov-Smirnov statistic
 * @param ksByChance what it exceeds once in twenty times where nothing moved
 */
public record DriftFigures(
    String verdict,
    double psi,
    double psiByChance,
    double ks,
    double ksByChance,
    String sentence,
    Distribution older) {

  /** Thresholds of Siddiqi, Credit Risk Scorecards, 2006: below 0.1 none, from 0.25 a shift. */
  static final double SLIGHT = 0.1;

  static final double SHIFT = 0.25;

  /** The two sides of a comparison. */
  record Side(double[] sample, Distribution scores) {}

  static DriftFigures of(String column, Side older, Side newer) {
    Drift drift = Drift.of(older.sample, newer.sample);
    return new DriftFigures(
        drift.psi() < SLIGHT ? "none" : drift.psi() < SHIFT ? "slight" : "shift",
        drift.psi(),
        drift.psiByChance(),
        drift.ks(),
        drift.ksByChance(),
        sentence(column, drift, older.scores, newer.scores),
        older.scores);
  }

  private static String sentence(
      String column, Drift drift, Distribution older, Distribution newer) {
    StringBuilder said = new StringBuilder();
    if (drift.psi() < SLIGHT) {
      said.append(column).append(" is distributed as before");
    } else {
      said.append(column)
          .append(drift.psi() < SHIFT ? " has moved a little: " : " has shifted: ")
          .append(change(older, newer));
    }
    said.append(String.format(Locale.ROOT, " (population stability index %.3f).", drift.psi()));
    said.append(
        drift.ks() > drift.ksByChance()
            ? " The gap between the two is wider than chance makes it."
            : " Chance alone makes gaps as wide as the one between the two.");
    if (drift.psiByChance() >= SLIGHT) {
      said.append(
          String.format(
              Locale.ROOT,
              " With so few scores the index is about %.2f even where nothing moved.",
              drift.psiByChance()));
    }
    return said.toString();
  }

  /** In words for who knows no index: where the middle went, or else what became of the width. */
  private static String change(Distribution older, Distribution newer) {
    double from = older.median();
    double to = newer.median();
    double spread = Math.max(older.std(), newer.std());
    if (Math.abs(to - from) > 0.1 * spread) {
      return String.format(
          Locale.ROOT,
          "the middle score is %s, %s %s before",
          Figure.text(to),
          to > from ? "up from" : "down from",
          Figure.text(from));
    }
    return String.format(
        Locale.ROOT,
        "the middle score is %s and was %s, but half of all scores now lie between %s and %s,"
            + " before between %s and %s",
        Figure.text(to),
        Figure.text(from),
        Figure.text(newer.quantile(25)),
        Figure.text(newer.quantile(75)),
        Figure.text(older.quantile(25)),
        Figure.text(older.quantile(75)));
  }
}
