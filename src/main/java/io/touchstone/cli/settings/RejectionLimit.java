package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.jobs.RejectionBound;
import java.math.BigDecimal;
import java.math.BigInteger;

/** How many lines may be rejected before a job ends with exit status 3. */
public sealed interface RejectionLimit extends RejectionBound {

  record Unlimited() implements RejectionLimit {
    @Override
    public boolean isExceeded(long rejected, long in) {
      return false;
    }

    @Override
    public String toString() {
      return "none";
    }
  }

  record Lines(long most) implements RejectionLimit {
    @Override
    public boolean isExceeded(long rejected, long in) {
      return rejected > most;
    }

    @Override
    public String toString() {
      return Long.toString(most);
    }
  }

  /**
   * A share of the lines read.
   *
   * @param percent exact, so that 1 of 1,000 lines is not over 0.1 %
   */
  record Share(BigDecimal percent) implements RejectionLimit {
    @Override
    public boolean isExceeded(long rejected, long in) {
      BigDecimal allowed = percent.multiply(new BigDecimal(BigInteger.valueOf(in)));
      return new BigDecimal(rejected).movePointRight(2).compareTo(allowed) > 0;
    }

    @Override
    public String toString() {
      return percent.toPlainString() + "%";
    }
  }

  static RejectionLimit parse(String text) {
    if (text.equals("none")) {
      return new Unlimited();
    }
    if (text.matches("\\d{1,18}")) {
      return new Lines(Long.parseLong(text));
    }
    if (text.matches("\\d{1,3}(\\.\\d{1,9})?%")) {
      BigDecimal percent = new BigDecimal(text.substring(0, text.length() - 1));
      if (percent.compareTo(BigDecimal.valueOf(100)) <= 0) {
        return new Share(percent);
      }
    }
    throw Readers.refused("a number of lines, a percentage from 0% to 100%, or none", text);
  }
}
