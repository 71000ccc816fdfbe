package io.touchstone.cli.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What decided answers, in one line: of the settings as they held those that change something, the
 * best known first. {@code _run.json} has them all.
 */
final class RulesText {
  private static final List<String> FIRST =
      List.of(
          "decoding",
          "temperature",
          "top-k",
          "top-p",
          "min-p",
          "repetition-penalty",
          "samples",
          "seed",
          "max-new-tokens",
          "stop",
          "eos-token-ids");

  /** Values that change nothing, or say that nothing was asked. */
  private static final Map<String, String> NEUTRAL =
      Map.of(
          "top-k", "0",
          "top-p", "1.0",
          "min-p", "0.0",
          "repetition-penalty", "1.0",
          "samples", "1",
          "mamba-dt", "published",
          "spelled-tokens", "as tokens",
          "thinking", "unset",
          "tools", "none");

  /** Pinned, unless it was moved, and told with the settings. */
  private static final String DATE = "template-date";

  private RulesText() {}

  static String of(SortedMap<String, String> effective) {
    Map<String, String> ordered = new LinkedHashMap<>();
    FIRST.stream()
        .filter(effective::containsKey)
        .forEach(name -> ordered.put(name, effective.get(name)));
    effective.forEach(ordered::putIfAbsent);
    List<String> told = new ArrayList<>();
    ordered.forEach(
        (name, value) -> {
          if (name.equals("decoding")) {
            told.add(value);
          } else if (!value.equals(NEUTRAL.get(name)) && !name.equals(DATE)) {
            told.add(name + " " + value);
          }
        });
    return String.join(", ", told);
  }
}
