package io.touchstone.conversation.format;

import io.touchstone.conversation.line.WithScalar;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words by which rows name what is written for each scored conversation.
 *
 * <p>A format has a word of its own, such as {@code reward}, and fields that are named by it, such
 * as {@code chosen_reward}. A chosen word takes its place in each of them.
 *
 * @param score null for the format's own word
 * @param scalar the word for a further value of each conversation; null where there is none
 */
public record ScoreFields(@Nullable String score, @Nullable String scalar) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What each format writes by itself. */
  public static final ScoreFields OWN = new ScoreFields(null, null);

  /** Names that need no escapes in JSON, and only quotes in formulas. */
  private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.-]{0,99}");

  public ScoreFields {
    if (score != null) {
      checked(score);
    }
    if (scalar != null) {
      checked(scalar);
    }
  }

  /**
   * @throws IllegalArgumentException unless the word can name a field
   */
  public static String checked(String word) {
    if (!WORD.matcher(word).matches()) {
      throw new IllegalArgumentException(
          "expected a name of at most 100 letters, digits, '_', '.' and '-' that begins with a"
              + " letter or '_', found '"
              + word
              + "'");
    }
    return word;
  }

  /** The names of a row's fields. */
  List<WithScalar<String>> names(ScoreNames scores) {
    WithScalar<String> words = new WithScalar<>(score == null ? scores.word() : score, scalar);
    return scores.patterns().stream()
        .map(pattern -> words.map(word -> ScoreNames.by(word, pattern)))
        .toList();
  }
}
