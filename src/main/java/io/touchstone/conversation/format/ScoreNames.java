package io.touchstone.conversation.format;

import java.util.List;
import java.util.Locale;

/**
 * How rows of a format hold scores.
 *
 * @param word the format's own, which a user may replace
 * @param patterns one for each field, with {@code %s} in place of the word
 */
public record ScoreNames(Shape shape, String word, List<String> patterns) {

  /** What has the names. */
  public enum Shape {
    /** A field for each conversation. */
    VALUES,
    /** Fields with lists of scores. */
    LISTS,
    /** A label inside each turn that has one. */
    LABELS
  }

  static ScoreNames values(String word, String... patterns) {
    return new ScoreNames(Shape.VALUES, word, List.of(patterns));
  }

  static ScoreNames lists(String word, String... patterns) {
    return new ScoreNames(Shape.LISTS, word, List.of(patterns));
  }

  static ScoreNames label(String word) {
    return new ScoreNames(Shape.LABELS, word, List.of("%s"));
  }

  /** The names that a word gives, in the order in which scores are given. */
  public List<String> by(String chosen) {
    return patterns.stream().map(pattern -> by(chosen, pattern)).toList();
  }

  static String by(String chosen, String pattern) {
    return String.format(Locale.ROOT, pattern, chosen);
  }
}
