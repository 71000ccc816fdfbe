package io.touchstone.selection.report;

/** Whether a report quotes what people and models have written. */
public enum Texts {
  HIDDEN,
  SHOWN;

  private static final int MOST = 1_500;

  /** Texts are cut: a report must open whatever stands in a row. */
  static String cut(String text) {
    if (text.codePointCount(0, text.length()) <= MOST) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, MOST)) + "…";
  }
}
