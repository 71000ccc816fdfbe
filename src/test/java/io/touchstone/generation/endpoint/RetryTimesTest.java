package io.touchstone.generation.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class RetryTimesTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);

  @Test
  void readsSecondsAndDates() {
    assertThat(RetryAfter.millis(" 7 ", NOON)).hasValue(7_000);
    assertThat(RetryAfter.millis("0", NOON)).hasValue(0);
    assertThat(RetryAfter.millis("Fri, 02 Jan 2026 12:01:30 GMT", NOON)).hasValue(90_000);
    assertThat(RetryAfter.millis("Fri, 02 Jan 2026 11:00:00 GMT", NOON)).hasValue(0);
  }

  @Test
  void passesOverWhatIsNeither() {
    for (String header : new String[] {"", "-1", "1.5", "soon", "9999999999999", "Fri, 99 Jan"}) {
      assertThat(RetryAfter.millis(header, NOON)).as(header).isEmpty();
    }
  }

  @Test
  void waitsTwiceAsLongEachTimeUpToAMinuteLessHalfAtMost() {
    RetryDelay delay = RetryDelay.growing();
    for (int repeat = 0; repeat < 200; repeat++) {
      assertThat(delay.millis(1, OptionalLong.empty())).isBetween(250L, 500L);
      assertThat(delay.millis(4, OptionalLong.empty())).isBetween(2_000L, 4_000L);
      assertThat(delay.millis(40, OptionalLong.empty())).isBetween(30_000L, 60_000L);
    }
  }

  @Test
  void neverComesBackBeforeTheServerAllowsIt() {
    RetryDelay delay = RetryDelay.growing();
    for (int repeat = 0; repeat < 200; repeat++) {
      assertThat(delay.millis(1, OptionalLong.of(90_000))).isBetween(90_250L, 90_500L);
    }
  }
}
