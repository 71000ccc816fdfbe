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

  static DriftFigures of(ColumnFigures.Of older, ColumnFigures.Of newer) {
    Drift drift = Drift.of(older.sample(), newer.sample());
    return new DriftFigures(
        drift.psi() < SLIGHT ? "none" : drift.psi() < SHIFT ? "slight" : "shift",
        drift.psi(),
        drift.psiByChance(),
        drift.ks(),
        drift.ksByChance(),
        sentence(newer.name(), drift, older.scores(), newer.scores()),
        older.scores());
  }

  /** Whether chance makes gaps as wide between two results where nothing has moved. */
  boolean mayBeChance() {
    return ks <= ksByChance;
  }

  private static String sentence(
      String column, Drift drift, Distribution older, Distribution newer) {
    String index = String.format(Locale.ROOT, " (population stability index %.3f)", drift.psi());
    boolean mayBeChance = drift.ks() <= drift.ksByChance();
    if (drift.psi() < SLIGHT) {
      return column
          + " is distributed as before"
          + index
          + (mayBeChance ? "." : "; what differs is little, but more than chance makes.");
    }
    String moved = drift.psi() < SHIFT ? " has moved a little: " : " has shifted: ";
    String chance =
        drift.psiByChance() >= SLIGHT
            ? String.format(
                Locale.ROOT,
                " With so few scores that may be chance, which alone brings the index to about %.2f.",
                drift.psiByChance())
            : " That may be chance, which makes gaps as wide.";
    return column
        + moved
        + change(older, newer)
        + index
        + "."
        + (mayBeChance ? chance : " Chance alone would hardly do that.");
  }

  /** Says for who knows no index where the middle went, or else what became of the width. */
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
