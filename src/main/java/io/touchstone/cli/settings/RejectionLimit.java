package io.touchstone.cli.settings;

import io.touchstone.cli.call.ExitStatus;
import io.touchstone.jobs.RejectionBound;
import io.touchstone.jobs.TooManyRejectedException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/** How many lines may be rejected before a job ends with exit status 3. */
public sealed interface RejectionLimit extends RejectionBound {

  /**
   * What a finished job counted.
   *
   * @param at the folder or file in which the rejected lines lie, as users type it
   */
  record Found(long rejected, long in, String at) {}

  /** How a finished job ends; says why if it was too many. */
  default ExitStatus verdict(String job, Found found, PrintStream err) {
    if (!isExceeded(found.rejected(), found.in())) {
      return ExitStatus.DONE;
    }
    err.printf(
        Locale.ROOT,
        "touchstone %s: %,d of %,d lines rejected, more than --max-rejected %s allows;"
            + " lines and reasons in %s%n",
        job,
        found.rejected(),
        found.in(),
        this,
        found.at());
    return ExitStatus.TOO_MANY_REJECTED;
  }

  /** How a job ends that was stopped because it would be too many; says so. */
  default ExitStatus stopped(String job, TooManyRejectedException why, PrintStream err) {
    err.printf(
        Locale.ROOT,
        "touchstone %s: stopped: %s, more than --max-rejected %s allows; finished pieces are"
            + " kept, and with a higher limit the same command goes on%n",
        job,
        why.getMessage(),
        this);
    return ExitStatus.TOO_MANY_REJECTED;
  }

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
    throw new IllegalArgumentException(
        "expected a number of lines, a percentage from 0% to 100%, or none, found '" + text + "'");
  }
}
