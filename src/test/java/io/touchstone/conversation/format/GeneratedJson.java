package io.touchstone.conversation.format;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** JSON with odd numbers, escapes and spacing. */
final class GeneratedJson {

  private static final List<String> NUMBERS =
      List.of("2.50", "1e400", "12345678901234567890", "-0.0", "1E+2", "0", "-7", "1.0e-5");
  private static final List<String> TEXTS =
      List.of(
          "a",
          "é",
          "\\u00e9",
          "\\/",
          "\\ud83c\\udf72",
          "🍲",
          "\\n",
          "\\\"",
          "\\\\",
          "}",
          "],",
          "植物",
          "\\ud83d",
          ": ",
          "\u0085",
          "\\u0000",
          "\u007f");
  private static final List<String> SPACES = List.of("", "", " ", " ", "\t", "  ", " \t ");

  private final Random random;
  private final boolean compact;

  GeneratedJson(Random random) {
    this.random = random;
    this.compact = random.nextInt(4) == 0;
  }

  /** A name, which may spell one of its letters as an escape. */
  String name(String name) {
    int at = random.nextInt(name.length());
    return random.nextInt(4) > 0
        ? '"' + name + '"'
        : "\"%s\\u%04x%s\""
            .formatted(name.substring(0, at), (int) name.charAt(at), name.substring(at + 1));
  }

  String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 5 : 3)) {
      case 0 -> number();
      case 1 -> string();
      case 2 -> pick(List.of("true", "false", "null", "[]", "{}"));
      case 3 -> "[" + value(depth - 1) + space() + "," + value(depth - 1) + "]";
      default -> "{" + string() + space() + ":" + value(depth - 1) + "}";
    };
  }

  String number() {
    return pick(NUMBERS);
  }

  String string() {
    StringBuilder string = new StringBuilder("\"");
    for (int i = random.nextInt(6); i > 0; i--) {
      string.append(pick(TEXTS));
    }
    return string.append('"').toString();
  }

  String list(List<String> elements) {
    return elements.stream()
        .map(element -> space() + element + space())
        .collect(Collectors.joining(",", "[", "]"));
  }

  String space() {
    return compact ? "" : pick(SPACES);
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  boolean one(int of) {
    return random.nextInt(of) == 0;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }
}
