package io.touchstone.selection.benchmark;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.ScoreFields;
import io.touchstone.conversation.line.JsonRow;
import io.touchstone.selection.NameSense;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the scores in rows count.
 *
 * @param field the word by which the fields are named; empty for the benchmark's own names
 * @param attribute which of a score's attributes; empty where scores are numbers
 */
public record ScoreChoice(Optional<String> field, Optional<String> attribute) {

  /** A word of a letter that no format has in what it adds. */
  private static final String ANY = "W";

  /** The two fields that the word names in rows of a format; empty without a word. */
  Optional<BenchmarkRow.Names> fieldsOf(RowFormat format) {
    return field
        .map(word -> named(format, word))
        .map(names -> new BenchmarkRow.Names(names.get(0), names.get(1)));
  }

  private static List<String> named(RowFormat format, String word) {
    return format.scores().by(ScoreFields.checked(word));
  }

  /** What a word may mean in rows of a format: it names two fields with scores. */
  public static NameSense words(RowFormat format) {
    return new NameSense(
        "the word by which fields of scores are named",
        "words",
        (row, word) -> areScores(row, named(format, word)),
        row -> {
          String pattern = named(format, ANY).get(0);
          int before = pattern.indexOf(ANY);
          int after = pattern.length() - before - ANY.length();
          Set<String> words = new LinkedHashSet<>();
          for (String name : row.names()) {
            if (name.length() > before + after) {
              String word = name.substring(before, name.length() - after);
              if (isWord(word) && areScores(row, named(format, word))) {
                words.add(word);
              }
            }
          }
          return words;
        });
  }

  private static boolean isWord(String text) {
    try {
      ScoreFields.checked(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean areScores(JsonRow row, List<String> names) {
    return names.stream()
        .allMatch(name -> row.find(name).filter(value -> !value.isString()).isPresent());
  }
}
