package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.jobs.RejectionBound;
import java.math.BigDecimal;

/**
 * How many lines may be rejected before a job ends with exit status 3.
 *
 * @param text the limit as a user types it
 */
public record RejectionLimit(String text, RejectionBound bound) implements RejectionBound {

  public static final RejectionLimit NONE = new RejectionLimit("none", (rejected, in) -> false);

  private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

  /** Reads a number of lines, a share of the lines read such as {@code 0.1%}, or {@code none}. */
  static RejectionLimit parse(String text) {
    if (text.equals("none")) {
      return NONE;
    }
    if (text.matches("\\d{1,18}")) {
      long most = Long.parseLong(text);
      return new RejectionLimit(Long.toString(most), (rejected, in) -> rejected > most);
    }
    if (text.matches("\\d{1,3}(\\.\\d{1,9})?%")) {
      BigDecimal percent = new BigDecimal(text.substring(0, text.length() - 1));
      if (percent.compareTo(WHOLE) <= 0) {
        return new RejectionLimit(
            percent.toPlainString() + "%", (rejected, in) -> isOver(percent, rejected, in));
      }
    }
    throw Readers.refused("a number of lines, a percentage from 0% to 100%, or none", text);
  }

  /** Exact, so that 1 of 1,000 lines is not over 0.1 %. */
  private static boolean isOver(BigDecimal percent, long rejected, long in) {
    BigDecimal allowed = percent.multiply(BigDecimal.valueOf(in));
    return BigDecimal.valueOf(rejected).multiply(WHOLE).compareTo(allowed) > 0;
  }

  @Override
  public boolean isExceeded(long rejected, long in) {
    return bound.isExceeded(rejected, in);
  }

  @Override
  public String toString() {
    return text;
  }
}
