package io.touchstone.tokenizer;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds special tokens that a text spells out: the tokenizer takes them for the real ones. */
public final class SpecialTokens {
  private static final Pattern NEVER = Pattern.compile("(?!)");

  private final Pattern spelled;

  public SpecialTokens(List<String> tokens) {
    spelled =
        tokens.isEmpty()
            ? NEVER
            : Pattern.compile(
                tokens.stream()
                    .sorted((a, b) -> b.length() - a.length())
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|")));
  }

  public int countIn(String text) {
    Matcher matcher = spelled.matcher(text);
    int count = 0;
    while (matcher.find()) {
      count++;
    }
    return count;
  }
}
