package io.touchstone.conversation.format;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields that tell a format; {@code name[].field} is a field of the objects in a list, {@code
 * name[]} a list with texts in it.
 *
 * @param present all of these
 * @param absent none of these
 */
record FormatNeeds(List<String> present, List<String> absent) {

  private static final Map<RowFormat, FormatNeeds> TABLE = table();

  private static Map<RowFormat, FormatNeeds> table() {
    Map<RowFormat, FormatNeeds> table = new EnumMap<>(RowFormat.class);
    String from = "conversations[].from";
    String value = "conversations[].value";
    table.put(RowFormat.STEERLM, needs("mask", from, value));
    table.put(RowFormat.HELPSTEER2, needs("prompt", "response"));
    table.put(RowFormat.HELPSTEER3, needs("context", "response1", "response2"));
    table.put(RowFormat.MESSAGES, needs("messages[].role"));
    table.put(RowFormat.SHAREGPT, needs(from, value).without("mask", "conversations[].label"));
    table.put(RowFormat.CANDIDATES, needs("prompt", "responses"));
    table.put(RowFormat.PREFERENCE, needs("chosen", "rejected").without("chosen[]"));
    table.put(RowFormat.BEST_OF_N, needs("input", "output").without("instruction"));
    table.put(RowFormat.PREFERENCE_LISTS, needs("prompt", "chosen[]", "rejected[]"));
    table.put(RowFormat.JUDGEBENCH, needs("question", "response_A", "response_B"));
    return table;
  }

  private static FormatNeeds needs(String... present) {
    return new FormatNeeds(List.of(present), List.of());
  }

  private FormatNeeds without(String... unwanted) {
    return new FormatNeeds(present, List.of(unwanted));
  }

  /** The formats that a line with these fields fits. */
  static List<RowFormat> fitting(Set<String> fields) {
    List<RowFormat> fitting = new ArrayList<>();
    TABLE.forEach(
        (format, needs) -> {
          if (fields.containsAll(needs.present)
              && needs.absent.stream().noneMatch(fields::contains)) {
            fitting.add(format);
          }
        });
    return fitting;
  }

  /** The top-level fields that tell any of the formats. */
  static Set<String> fields() {
    return TABLE.values().stream()
        .flatMap(needs -> Stream.concat(needs.present.stream(), needs.absent.stream()))
        .map(field -> field.replaceFirst("\\[.*", ""))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** One line for each format. */
  static String describe() {
    StringBuilder text = new StringBuilder();
    TABLE.forEach(
        (format, needs) -> {
          text.append("\n  ").append(format.word()).append(": ");
          text.append(String.join(", ", needs.present));
          if (!needs.absent.isEmpty()) {
            text.append("; without ").append(String.join(", ", needs.absent));
          }
        });
    return text.toString();
  }
}
