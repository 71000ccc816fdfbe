package io.touchstone.generation.text;

import org.jspecify.annotations.Nullable;

/**
 * A text as thought and answer. The thought begins with the text where the prompt has opened it,
 * else with a tag in front of which is nothing but white space; the first tag that ends one ends
 * it. Line ends at both ends of a thought and those between it and the answer go, as in the chat
 * templates of Qwen3 and Nemotron 3; all else stays, and a text without a thought as it is.
 *
 * @param thought null where there is none
 * @param response null where the thought has no end
 */
public record ThoughtSplit(@Nullable String thought, @Nullable String response) {

  /**
   * @param opened whether the prompt has opened a thought
   */
  public static ThoughtSplit of(String text, boolean opened) {
    String stripped = text.stripLeading();
    boolean tagged = stripped.startsWith(ThoughtTags.OPEN);
    if (!opened && !tagged) {
      return new ThoughtSplit(null, text);
    }
    String inside = tagged ? stripped.substring(ThoughtTags.OPEN.length()) : text;
    int end = inside.indexOf(ThoughtTags.CLOSE);
    if (end < 0) {
      return new ThoughtSplit(withoutLineEnds(inside), null);
    }
    String after = inside.substring(end + ThoughtTags.CLOSE.length());
    return new ThoughtSplit(
        withoutLineEnds(inside.substring(0, end)), after.substring(lineEnds(after)));
  }

  /**
   * Of a text that came from elsewhere, whose prompt is not known: a tag that ends a thought and
   * that none opens ends one that the prompt had opened.
   */
  public static ThoughtSplit ofForeign(String text) {
    int end = text.indexOf(ThoughtTags.CLOSE);
    int begin = text.indexOf(ThoughtTags.OPEN);
    return of(text, end >= 0 && (begin < 0 || begin > end));
  }

  private static String withoutLineEnds(String text) {
    int from = lineEnds(text);
    int to = text.length();
    while (to > from && text.charAt(to - 1) == '\n') {
      to--;
    }
    return text.substring(from, to);
  }

  /** How many a text begins with. */
  private static int lineEnds(String text) {
    int count = 0;
    while (count < text.length() && text.charAt(count) == '\n') {
      count++;
    }
    return count;
  }
}
