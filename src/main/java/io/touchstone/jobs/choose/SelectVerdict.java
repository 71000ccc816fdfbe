package io.touchstone.jobs.choose;

import io.touchstone.selection.SelectRule;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a selection made of a row, as it is counted. */
public enum SelectVerdict {
  /** Lines were written of it. */
  SELECTED,
  /** It has no pair of candidates that are far enough apart. */
  NO_PAIR,
  /** It is written with all rows of its prompt. */
  FIRST,
  /** It is in the line of an earlier row of its prompt. */
  JOINED;

  /** Rows of which only the candidates' order decided between equal scores. */
  public static final String TIED = "tied";

  /** Candidates without a score, which did not come into question. */
  public static final String SKIPPED = "skipped-candidates";

  /**
   * Rows that are joined and have other values than the first of their prompt, which are left out.
   */
  public static final String DIFFERING = "differing-rows";

  /** In front of a field's name: such rows that differ in it; alone: in a field of many more. */
  public static final String DIFFERS_IN = "differs-in:";

  /** What is counted of a row that was selected from. */
  public static ChooseRule.Outcome outcome(SelectRule.Selected selected) {
    SortedMap<String, Long> notes = new TreeMap<>();
    if (selected.tied()) {
      notes.put(TIED, 1L);
    }
    if (selected.skipped() > 0) {
      notes.put(SKIPPED, (long) selected.skipped());
    }
    return new ChooseRule.Outcome(
        0, selected.lines(), (selected.lines().isEmpty() ? NO_PAIR : SELECTED).word(), notes);
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
