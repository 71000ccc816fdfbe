package io.touchstone.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks for a sign that a causal model is a reward model: the word in a name or a text of {@code
 * config.json}, in the head matter of {@code README.md}, or in one of its headings.
 */
final class RewardSign {
  static final String README = "README.md";

  static final int README_BYTES = 1 << 20;
  private static final Pattern WORD = Pattern.compile("(?i)(?<![a-z])(reward|rm)(?![a-z])");

  private RewardSign() {}

  /** The file that has it. */
  static Optional<String> find(JsonNode config, FolderFiles files) {
    if (says(config)) {
      return Optional.of("config.json");
    }
    return files
        .head(README, README_BYTES)
        .map(RewardSign::titles)
        .filter(RewardSign::says)
        .map(text -> README);
  }

  private static boolean says(JsonNode node) {
    boolean found = node.isTextual() && says(node.textValue());
    for (Iterator<String> names = node.fieldNames(); !found && names.hasNext(); ) {
      found = says(names.next());
    }
    for (Iterator<JsonNode> inner = node.elements(); !found && inner.hasNext(); ) {
      found = says(inner.next());
    }
    return found;
  }

  private static boolean says(String text) {
    return WORD.matcher(text).find();
  }

  /** The head matter between lines of three hyphens, and the headings. */
  private static String titles(byte[] readme) {
    StringBuilder titles = new StringBuilder();
    boolean matter = false;
    int line = 0;
    for (String each : new String(readme, StandardCharsets.UTF_8).lines().toList()) {
      if (each.strip().equals("---")) {
        matter = line == 0;
      } else if (matter || each.startsWith("#")) {
        titles.append(each).append('\n');
      }
      line++;
    }
    return titles.toString();
  }
}
