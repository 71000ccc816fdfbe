package io.touchstone.selection.report;

import org.jspecify.annotations.Nullable;

/** Whether a report quotes what people and models have written. */
public enum Texts {
  HIDDEN,
  SHOWN;

  private static final int MOST = 1_500;

  /** Null where texts are hidden; else cut: a report must open whatever stands in a row. */
  @Nullable String quoted(String text) {
    if (this == HIDDEN) {
      return null;
    }
    if (text.codePointCount(0, text.length()) <= MOST) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, MOST)) + "…";
  }
}
