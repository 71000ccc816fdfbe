package io.touchstone.jobs.choose;

import java.util.Locale;

/** What a selection made of a row, as it is counted. */
public enum SelectVerdict {
  /** Lines were written of it. */
  SELECTED,
  /** It has no pair of candidates that are far enough apart. */
  NO_PAIR;

  /** Rows of which only the candidates' order decided between equal scores. */
  public static final String TIED = "tied";

  /** Candidates without a score, which did not come into question. */
  public static final String SKIPPED = "skipped-candidates";

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
