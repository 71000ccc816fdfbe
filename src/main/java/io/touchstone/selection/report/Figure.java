package io.touchstone.selection.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as a reader of the report sees them. */
public final class Figure {
  private Figure() {}

  /** Three decimals where scores are of a usual size; never more digits than mean anything. */
  public static String text(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size >= 1e6 || size < 1e-3)) {
      return String.format(Locale.ROOT, "%.3g", value);
    }
    return String.format(
        Locale.ROOT, size >= 1_000 ? "%,.0f" : size >= 100 ? "%.1f" : "%.3f", value);
  }

  /**
   * The mean of values that may cancel each other out.
   *
   * @param spread of the values: what is left of them by rounding is 0
   */
  public static String mean(double value, double spread) {
    return text(Math.abs(value) <= spread * 1e-12 ? 0 : value);
  }

  /** A difference with its sign, and no finer than the two are shown. */
  public static String change(double older, double newer) {
    double change = newer - older;
    boolean usual = Math.max(Math.abs(older), Math.abs(newer)) >= 1e-3;
    if (usual && Math.abs(change) < 5e-4) {
      return "0.000";
    }
    String text = usual && Math.abs(change) < 1e-3 ? "0.001" : text(Math.abs(change));
    return (change < 0 ? "-" : change > 0 ? "+" : "") + text;
  }

  /** The shortest form, for axes. */
  public static String brief(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size >= 1e6 || size < 1e-3)) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    String text = String.format(Locale.ROOT, "%.3f", value);
    String stripped = text.replaceFirst("\\.?0+$", "");
    return stripped.equals("-0") ? "0" : stripped;
  }

  /** A dash where it is undefined. */
  public static String correlation(@Nullable Double value) {
    if (value == null) {
      return "–";
    }
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.equals("-0.00") ? "0.00" : text;
  }

  public static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 10 ? "%,.1f" : "%,.0f", perSecond);
  }

  public static String seconds(double seconds) {
    return seconds < 100
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : String.format(Locale.ROOT, "%,.0f min", seconds / 60);
  }

  public static String percent(double share) {
    return String.format(
        Locale.ROOT, share != 0 && share < 0.1 ? "%.1f %%" : "%.0f %%", 100 * share);
  }

  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
