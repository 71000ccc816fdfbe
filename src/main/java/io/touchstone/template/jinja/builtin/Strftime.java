package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.PythonError;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Python's {@code strftime} for a time without a zone, in the C locale. */
final class Strftime {
  private Strftime() {}

  static String format(String format, LocalDateTime time) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        out.append(c);
        continue;
      }
      char code = format.charAt(++i);
      if (code == '-' && i + 1 < format.length()) {
        out.append(withoutPadding(code(format.charAt(++i), time)));
      } else {
        out.append(code(code, time));
      }
    }
    return out.toString();
  }

  private static String withoutPadding(String text) {
    String stripped = text.replaceFirst("^[0 ]+", "");
    return stripped.isEmpty() ? "0" : stripped;
  }

  private static String code(char code, LocalDateTime time) {
    return switch (code) {
      case 'Y' -> Integer.toString(time.getYear());
      case 'y' -> two(time.getYear() % 100);
      case 'm' -> two(time.getMonthValue());
      case 'd' -> two(time.getDayOfMonth());
      case 'e' -> "%2d".formatted(time.getDayOfMonth());
      case 'H' -> two(time.getHour());
      case 'I' -> two(time.get(ChronoField.CLOCK_HOUR_OF_AMPM));
      case 'M' -> two(time.getMinute());
      case 'S' -> two(time.getSecond());
      case 'f' -> "%06d".formatted(time.getNano() / 1000);
      case 'p' -> time.getHour() < 12 ? "AM" : "PM";
      case 'B' -> month(time);
      case 'b', 'h' -> month(time).substring(0, 3);
      case 'A' -> day(time);
      case 'a' -> day(time).substring(0, 3);
      case 'j' -> "%03d".formatted(time.getDayOfYear());
      case 'u' -> Integer.toString(time.getDayOfWeek().getValue());
      case 'w' -> Integer.toString(time.getDayOfWeek().getValue() % 7);
      case 'D', 'x' -> format("%m/%d/%y", time);
      case 'F' -> format("%Y-%m-%d", time);
      case 'T', 'X' -> format("%H:%M:%S", time);
      case 'R' -> format("%H:%M", time);
      case 'r' -> format("%I:%M:%S %p", time);
      case 'c' -> format("%a %b %e %H:%M:%S %Y", time);
      case 'G' -> DateTimeFormatter.ISO_WEEK_DATE.format(time).substring(0, 4);
      case 'V' -> DateTimeFormatter.ISO_WEEK_DATE.format(time).substring(6, 8);
      case 'U' -> two(week(time, time.getDayOfWeek().getValue() % 7));
      case 'W' -> two(week(time, time.getDayOfWeek().getValue() - 1));
      case 'z', 'Z' -> "";
      case 'n' -> "\n";
      case 't' -> "\t";
      case '%' -> "%";
      default -> throw new PythonError("strftime_now() does not support %" + code);
    };
  }

  /** Full weeks of the year so far, the first beginning with its first Sunday or Monday. */
  private static int week(LocalDateTime time, int daysSinceItBegan) {
    return (time.getDayOfYear() + 6 - daysSinceItBegan) / 7;
  }

  private static String month(LocalDateTime time) {
    return time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static String day(LocalDateTime time) {
    return time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }
}
