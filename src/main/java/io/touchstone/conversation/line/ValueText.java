package io.touchstone.conversation.line;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Locale;

/**
 * What stands in a JSON row for a value that JSON has no kind for. Each form leads back to the
 * value that it was made of.
 */
public final class ValueText {

  private ValueText() {}

  /** A point in time in ISO 8601, in UTC: {@code 2024-02-29T23:59:59.123Z}. */
  public static String instant(Instant value) {
    return value.toString();
  }

  /** A date and time of no time zone: {@code 2024-02-29T23:59:59.123}. */
  public static String local(LocalDateTime value) {
    String utc = instant(value.toInstant(ZoneOffset.UTC));
    return utc.substring(0, utc.length() - 1);
  }

  /** {@code 2024-02-29}. */
  public static String date(LocalDate value) {
    return value.toString();
  }

  /**
   * A time of day: {@code 23:59:59.123}.
   *
   * @param sinceMidnight may be more than a day, or less than nothing
   */
  public static String time(Duration sinceMidnight) {
    Duration time = sinceMidnight.abs();
    return String.format(
            Locale.ROOT,
            "%s%02d:%02d:%02d",
            sinceMidnight.isNegative() ? "-" : "",
            time.toHours(),
            time.toMinutesPart(),
            time.toSecondsPart())
        + fraction(time.getNano());
  }

  /** In three, six or nine digits, as points in time have it. */
  private static String fraction(int nanos) {
    if (nanos == 0) {
      return "";
    }
    String digits = String.format(Locale.ROOT, "%09d", nanos);
    int length = nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9;
    return "." + digits.substring(0, length);
  }

  /** A JSON number of all its digits, without an exponent. */
  public static String decimal(BigDecimal value) {
    return value.toPlainString();
  }

  /** A JSON number, or the JSON text of its name: {@code "NaN"}, {@code "-Infinity"}. */
  public static String json(double value) {
    return Double.isFinite(value) ? Double.toString(value) : '"' + Double.toString(value) + '"';
  }

  /** As {@link #json(double)}, in the fewest digits that tell a {@code float} from all others. */
  public static String json(float value) {
    return Float.isFinite(value) ? Float.toString(value) : '"' + Float.toString(value) + '"';
  }

  /** Bytes in base64, with padding. */
  public static String base64(byte[] value) {
    return Base64.getEncoder().encodeToString(value);
  }
}
