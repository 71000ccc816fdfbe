package io.touchstone.jobs.choose;

import io.touchstone.selection.FilterRule;
import java.util.Locale;

/** Why a row is kept or dropped, as it is counted. */
public enum FilterVerdict {
  KEPT,
  BELOW_MIN,
  ABOVE_MAX,
  NOT_WHERE,
  DUPLICATE,
  NOT_TOP;

  /** Rows that are not among the top only because of the order of the input. */
  public static final String TIED_WITH_TOP = "tied-with-top";

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static FilterVerdict of(FilterRule.Verdict verdict) {
    return valueOf(verdict == FilterRule.Verdict.PASSED ? "KEPT" : verdict.name());
  }
}
