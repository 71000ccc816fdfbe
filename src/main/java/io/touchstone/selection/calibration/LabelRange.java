package io.touchstone.selection.calibration;

import io.touchstone.reward.Curve;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scale of human labels, which is brought onto that of ours by a straight line.
 *
 * @param low the worst label that there can be
 * @param high the best one
 */
public record LabelRange(double low, double high) {

  /** The labels' own scale. */
  public static final LabelRange OWN = new LabelRange(Curve.LOWEST, Curve.HIGHEST);

  private static final String NUMBER = "([+-]?\\d{1,15}(?:\\.\\d{1,15})?)";
  private static final Pattern TYPED = Pattern.compile(NUMBER + "\\.\\." + NUMBER);

  public LabelRange {
    if (!(low < high) || !Double.isFinite(high - low)) {
      throw new IllegalArgumentException(
          "expected a range of labels that rises, such as 1..5, found " + text(low, high));
    }
  }

  /**
   * Reads what a user types.
   *
   * @param text {@code LOW..HIGH}
   * @throws IllegalArgumentException with what was expected and found
   */
  public static LabelRange parse(String text) {
    Matcher typed = TYPED.matcher(text);
    if (!typed.matches()) {
      throw new IllegalArgumentException(
          "expected a range of labels such as 1..5, found '" + text + "'");
    }
    return new LabelRange(Double.parseDouble(typed.group(1)), Double.parseDouble(typed.group(2)));
  }

  public boolean contains(double label) {
    return label >= low && label <= high;
  }

  /** A label of this scale on that of ours, from 0 to 4. */
  public double onOwn(double label) {
    double width = Curve.HIGHEST - Curve.LOWEST;
    return Curve.LOWEST + (label - low) * width / (high - low);
  }

  /** As users type it. */
  @Override
  public String toString() {
    return text(low, high);
  }

  /** In words. */
  public String told() {
    return plain(low) + " to " + plain(high);
  }

  private static String text(double low, double high) {
    return plain(low) + ".." + plain(high);
  }

  private static String plain(double label) {
    return Double.isFinite(label)
        ? new BigDecimal(Double.toString(label)).stripTrailingZeros().toPlainString()
        : Double.toString(label);
  }
}
