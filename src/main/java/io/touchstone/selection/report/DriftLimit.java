package io.touchstone.selection.report;

/**
 * How far scores may drift: up to a population stability index, and in any case as far as chance
 * explains.
 *
 * @param typed as users type it
 * @param least the index that may always be reached
 */
public record DriftLimit(String typed, double least) {

  /** What the page calls distributed as before, or chance. */
  public static final DriftLimit CHANCE = new DriftLimit(DriftFigures.CHANCE, DriftFigures.SLIGHT);

  public double of(DriftFigures drift) {
    return Math.max(least, drift.psiBound());
  }

  boolean isExceeded(DriftFigures drift) {
    return drift.psi() > of(drift);
  }
}
