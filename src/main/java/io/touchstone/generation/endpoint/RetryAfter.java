package io.touchstone.generation.endpoint;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;

/** The header {@code Retry-After} of RFC 9110, 10.2.3: seconds, or a date. */
final class RetryAfter {

  private static final int MOST_DIGITS = 12;

  private RetryAfter() {}

  /** Milliseconds from now on, none below 0; empty where the header is neither. */
  static OptionalLong millis(String header, Clock clock) {
    String value = header.strip();
    if (!value.isEmpty()
        && value.length() <= MOST_DIGITS
        && value.chars().allMatch(each -> each >= '0' && each <= '9')) {
      return OptionalLong.of(1_000 * Long.parseLong(value));
    }
    try {
      Instant date =
          DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT).parse(value, Instant::from);
      return OptionalLong.of(Math.max(0, Duration.between(clock.instant(), date).toMillis()));
    } catch (DateTimeException | ArithmeticException unknown) {
      return OptionalLong.empty();
    }
  }
}
