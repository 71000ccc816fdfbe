package io.touchstone.files.columns;

import io.touchstone.conversation.line.ValueText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** Forms of points in time, dates, times of day and intervals. */
final class TimeForms {

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long SECONDS_PER_DAY = 86_400;

  /** The Julian day of 1970-01-01, as writers of INT96 count. */
  private static final long EPOCH_JULIAN_DAY = 2_440_588;

  private static final int INT96_BYTES = 12;
  private static final Pattern TIME =
      Pattern.compile("(-?)(\\d{2,16}):(\\d\\d):(\\d\\d)(\\.\\d{3,9})?");
  private static final Pattern INTERVAL =
      Pattern.compile("P(\\d{1,10})M(\\d{1,10})DT(\\d{1,7})(\\.\\d{3})?S");

  private TimeForms() {}

  /** Of no time zone unless they are adjusted to UTC. */
  static ValueForm timestamp(TimestampLogicalTypeAnnotation type) {
    long unitsPerSecond = unitsPerSecond(type.getUnit());
    boolean utc = type.isAdjustedToUTC();
    return new ValueForm(
        ValueForm.Kind.TEXT,
        value -> {
          Instant instant = instant((Long) value, unitsPerSecond);
          return utc
              ? ValueText.instant(instant)
              : ValueText.local(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
        },
        text -> units(Instant.parse(utc ? text : text + "Z"), unitsPerSecond));
  }

  private static long unitsPerSecond(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> 1_000;
      case MICROS -> 1_000_000;
      case NANOS -> NANOS_PER_SECOND;
    };
  }

  private static Instant instant(long value, long unitsPerSecond) {
    return Instant.ofEpochSecond(
        Math.floorDiv(value, unitsPerSecond),
        Math.floorMod(value, unitsPerSecond) * (NANOS_PER_SECOND / unitsPerSecond));
  }

  private static Object units(Instant instant, long unitsPerSecond) {
    long seconds = instant.getEpochSecond();
    long rest = instant.getNano() / (NANOS_PER_SECOND / unitsPerSecond);
    // The second that the earliest value lies in begins before it.
    return seconds < 0
        ? Math.addExact(Math.multiplyExact(seconds + 1, unitsPerSecond), rest - unitsPerSecond)
        : Math.addExact(Math.multiplyExact(seconds, unitsPerSecond), rest);
  }

  /** Points in time as nanoseconds of a Julian day, which Impala, Hive and older Sparks wrote. */
  static ValueForm int96() {
    return new ValueForm(
        ValueForm.Kind.TEXT,
        value -> {
          ByteBuffer bytes =
              ByteBuffer.wrap(((Binary) value).getBytes()).order(ByteOrder.LITTLE_ENDIAN);
          long nanos = bytes.getLong();
          long days = bytes.getInt() - EPOCH_JULIAN_DAY;
          return ValueText.instant(Instant.ofEpochSecond(days * SECONDS_PER_DAY, nanos));
        },
        text -> {
          Instant instant = Instant.parse(text);
          long day = Math.floorDiv(instant.getEpochSecond(), SECONDS_PER_DAY);
          long second = Math.floorMod(instant.getEpochSecond(), SECONDS_PER_DAY);
          return Binary.fromConstantByteArray(
              ByteBuffer.allocate(INT96_BYTES)
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .putLong(second * NANOS_PER_SECOND + instant.getNano())
                  .putInt(Math.toIntExact(day + EPOCH_JULIAN_DAY))
                  .array());
        });
  }

  static ValueForm date() {
    return new ValueForm(
        ValueForm.Kind.TEXT,
        value -> ValueText.date(LocalDate.ofEpochDay((Integer) value)),
        text -> Math.toIntExact(LocalDate.parse(text).toEpochDay()));
  }

  static ValueForm time(TimeLogicalTypeAnnotation type, PrimitiveType stored) {
    long unitsPerSecond = unitsPerSecond(type.getUnit());
    boolean is32 = stored.getPrimitiveTypeName() == PrimitiveTypeName.INT32;
    return new ValueForm(
        ValueForm.Kind.TEXT,
        value -> {
          long units = ((Number) value).longValue();
          return ValueText.time(
              Duration.ofSeconds(
                  units / unitsPerSecond,
                  units % unitsPerSecond * (NANOS_PER_SECOND / unitsPerSecond)));
        },
        text -> {
          long units = timeUnits(text, unitsPerSecond);
          return is32 ? (Object) Math.toIntExact(units) : (Object) units;
        });
  }

  private static long timeUnits(String text, long unitsPerSecond) {
    Matcher time = matched(TIME, text);
    long minutes =
        Math.addExact(
            Math.multiplyExact(Long.parseLong(time.group(2)), 60), Long.parseLong(time.group(3)));
    long seconds = Math.addExact(Math.multiplyExact(minutes, 60), Long.parseLong(time.group(4)));
    long units =
        Math.addExact(
            Math.multiplyExact(seconds, unitsPerSecond),
            fraction(time.group(5)) / (NANOS_PER_SECOND / unitsPerSecond));
    return time.group(1).isEmpty() ? units : -units;
  }

  /** Nanoseconds of a fraction of a second; a null one has none. */
  private static long fraction(@Nullable String fraction) {
    return fraction == null ? 0 : Long.parseLong((fraction + "00000000").substring(1, 10));
  }

  private static Matcher matched(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("expected " + pattern);
    }
    return matcher;
  }

  /** Months, days and milliseconds, each by itself: {@code P14M3DT5.250S}. */
  static ValueForm interval() {
    return new ValueForm(
        ValueForm.Kind.TEXT,
        value -> {
          ByteBuffer bytes =
              ByteBuffer.wrap(((Binary) value).getBytes()).order(ByteOrder.LITTLE_ENDIAN);
          String months = Integer.toUnsignedString(bytes.getInt());
          String days = Integer.toUnsignedString(bytes.getInt());
          long millis = Integer.toUnsignedLong(bytes.getInt());
          String rest =
              millis % 1_000 == 0 ? "" : "." + Long.toString(1_000 + millis % 1_000).substring(1);
          return "P" + months + "M" + days + "DT" + millis / 1_000 + rest + "S";
        },
        text -> {
          Matcher interval = matched(INTERVAL, text);
          long millis =
              Long.parseLong(interval.group(3)) * 1_000 + fraction(interval.group(4)) / 1_000_000;
          return Binary.fromConstantByteArray(
              ByteBuffer.allocate(INT96_BYTES)
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .putInt(Integer.parseUnsignedInt(interval.group(1)))
                  .putInt(Integer.parseUnsignedInt(interval.group(2)))
                  .putInt(Integer.parseUnsignedInt(Long.toString(millis)))
                  .array());
        });
  }
}
