package io.touchstone.conversation.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

final class ValueTextTest {

  @Test
  void pointsInTimeStandInUtcAndThoseOfNoZoneWithoutOne() {
    assertThat(ValueText.instant(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(ValueText.instant(Instant.ofEpochSecond(-1, 1_000)))
        .isEqualTo("1969-12-31T23:59:59.000001Z");
    assertThat(ValueText.local(LocalDateTime.of(2024, 2, 29, 0, 0)))
        .isEqualTo("2024-02-29T00:00:00");
    assertThat(ValueText.local(LocalDateTime.of(2024, 2, 29, 1, 2, 3, 500_000_000)))
        .isEqualTo("2024-02-29T01:02:03.500");
    assertThat(ValueText.date(LocalDate.of(-44, 3, 15))).isEqualTo("-0044-03-15");
  }

  @Test
  void timesOfDayHaveTheirSecondsAndMayLeaveTheDay() {
    assertThat(ValueText.time(Duration.ZERO)).isEqualTo("00:00:00");
    assertThat(ValueText.time(Duration.ofNanos(86_399_999_999_999L)))
        .isEqualTo("23:59:59.999999999");
    assertThat(ValueText.time(Duration.ofDays(1))).isEqualTo("24:00:00");
    assertThat(ValueText.time(Duration.ofNanos(-1_500_000))).isEqualTo("-00:00:00.001500");
  }

  @Test
  void decimalsKeepTheirDigits() {
    assertThat(ValueText.decimal(new BigDecimal("-0.10"))).isEqualTo("-0.10");
    assertThat(ValueText.decimal(new BigDecimal("1E-10"))).isEqualTo("0.0000000001");
  }

  @Test
  void numbersThatJsonHasNoneForStandByTheirNames() {
    assertThat(ValueText.json(0.1)).isEqualTo("0.1");
    assertThat(ValueText.json(0.1f)).isEqualTo("0.1");
    assertThat(ValueText.json(Double.NaN)).isEqualTo("\"NaN\"");
    assertThat(ValueText.json(Float.NEGATIVE_INFINITY)).isEqualTo("\"-Infinity\"");
  }

  @Test
  void bytesAreBase64() {
    assertThat(ValueText.base64("hi!?".getBytes(UTF_8))).isEqualTo("aGkhPw==");
  }
}
