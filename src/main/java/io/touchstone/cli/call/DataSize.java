package io.touchstone.cli.call;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of memory or storage; units are powers of 1,024. */
public record DataSize(long bytes) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]*)");
  private static final String UNITS = "kmgt";

  /** Plain bytes, or a number with {@code k m g t} or {@code KiB MiB GiB TiB}. */
  public static DataSize parse(String text) {
    Matcher parts = TEXT.matcher(text.strip());
    if (!parts.matches()) {
      throw refused(text);
    }
    long number = Long.parseLong(parts.group(1));
    String unit = parts.group(2).toLowerCase(Locale.ROOT);
    if (unit.isEmpty() || unit.equals("b")) {
      return new DataSize(number);
    }
    int power = UNITS.indexOf(unit.charAt(0)) + 1;
    // "MB" is refused: to some it is 1,000,000 bytes, to others 1,048,576.
    if (power == 0 || !(unit.length() == 1 || unit.substring(1).equals("ib"))) {
      throw refused(text);
    }
    long factor = 1L << (10 * power);
    if (number > Long.MAX_VALUE / factor) {
      throw refused(text);
    }
    return new DataSize(number * factor);
  }

  private static IllegalArgumentException refused(String text) {
    return Readers.refused("a size such as 64MiB, 32m, 1GiB or 1048576", text);
  }

  /** In the largest unit that leaves no remainder; reads back as the same size. */
  @Override
  public String toString() {
    int power = bytes == 0 ? 0 : Math.min(4, Long.numberOfTrailingZeros(bytes) / 10);
    return power == 0
        ? Long.toString(bytes)
        : (bytes >> (10 * power))
            + UNITS.substring(power - 1, power).toUpperCase(Locale.ROOT)
            + "iB";
  }
}
