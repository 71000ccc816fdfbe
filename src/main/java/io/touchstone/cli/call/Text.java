package io.touchstone.cli.call;

import io.touchstone.problem.Printable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lines for the user, as they gather; numbers are written alike whatever the locale. */
public final class Text {
  private final StringBuilder lines = new StringBuilder();

  /** The pattern filled in; without values it stands as it is. */
  public static String of(String pattern, @Nullable Object... values) {
    return values.length == 0 ? pattern : String.format(Locale.ROOT, pattern, values);
  }

  public Text line(String pattern, @Nullable Object... values) {
    lines.append(of(pattern, values)).append('\n');
    return this;
  }

  public Text add(List<String> more) {
    more.forEach(each -> line(each));
    return this;
  }

  /** A line that begins with what it is about. */
  public Text about(String word, String pattern, @Nullable Object... values) {
    return line("  %-9s %s", word, of(pattern, values));
  }

  /** How many there are of each kind: {@code 3 empty-text, 1 not-json}. */
  public static String counts(Map<String, Long> kinds) {
    return kinds.entrySet().stream()
        .map(kind -> of("%,d %s", kind.getValue(), kind.getKey()))
        .collect(Collectors.joining(", "));
  }

  /** The path as users type it: without {@code file:} on this machine. */
  public static String path(String path) {
    return Printable.name(path.replaceFirst("^file:(?://)?(?=/)", ""));
  }

  @Override
  public String toString() {
    return lines.toString();
  }
}
