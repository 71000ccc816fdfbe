package io.touchstone.selection.report;

import io.touchstone.selection.statistics.Drift;
import java.util.Locale;

/**
 * How one column's scores differ from those of an older result.
 *
 * @param verdict {@code none} below {@link #SLIGHT}, {@code chance} up to the bound, else {@code
 *     slight} or {@code shift}, by the index
 * @param psi population stability index over the older scores' deciles, or over the scores where
 *     they are few
 * @param psiByChance what the index is about where nothing moved, for as many scores
 * @param psiBound what it exceeds once in a hundred times where nothing moved
 * @param p how often chance alone makes it as large
 * @param ks Kolmogorov-Smirnov statistic
 * @param ksByChance what it exceeds once in twenty times where nothing moved
 */
public record DriftFigures(
    String verdict,
    double psi,
    double psiByChance,
    double psiBound,
    double p,
    double ks,
    double ksByChance,
    String sentence,
    Distribution older) {

  /** Thresholds of Siddiqi, Credit Risk Scorecards, 2006: below 0.1 none, from 0.25 a shift. */
  public static final double SLIGHT = 0.1;

  public static final double SHIFT = 0.25;

  public static final String NONE = "none";
  public static final String CHANCE = "chance";
  public static final String SLIGHTLY = "slight";

  static DriftFigures of(ColumnFigures.Of older, ColumnFigures.Of newer) {
    Drift drift = Drift.of(older.sample(), newer.sample());
    String verdict = verdict(drift.psi(), drift.psiBound());
    return new DriftFigures(
        verdict,
        drift.psi(),
        drift.psiByChance(),
        drift.psiBound(),
        drift.p(),
        drift.ks(),
        drift.ksByChance(),
        sentence(newer.name(), verdict, drift, change(older.scores(), newer.scores())),
        older.scores());
  }

  /**
   * In a word, as {@link #verdict()} has it.
   *
   * @param bound what chance passes once in a hundred times
   */
  public static String verdict(double psi, double bound) {
    if (psi < SLIGHT) {
      return NONE;
    }
    if (psi <= bound) {
      return CHANCE;
    }
    return psi < SHIFT ? SLIGHTLY : "shift";
  }

  private static String sentence(String column, String verdict, Drift drift, String change) {
    String index = String.format(Locale.ROOT, " (population stability index %.3f)", drift.psi());
    boolean mayBeChance = drift.psi() <= drift.psiBound();
    String bound = String.format(Locale.ROOT, "%.3f", drift.psiBound());
    return switch (verdict) {
      case NONE ->
          column
              + " is distributed as before"
              + index
              + (mayBeChance ? "." : "; what differs is little, but more than chance makes.");
      case CHANCE ->
          column
              + " differs by no more than chance makes of so few scores: "
              + change
              + index
              + ". Where nothing has moved the index still passes "
              + bound
              + " once in a hundred times.";
      default ->
          column
              + (verdict.equals(SLIGHTLY) ? " has moved a little: " : " has shifted: ")
              + change
              + index
              + ". Chance alone passes "
              + bound
              + " once in a hundred times.";
    };
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
