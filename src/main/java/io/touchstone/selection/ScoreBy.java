package io.touchstone.selection;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What candidates are compared by. */
public sealed interface ScoreBy extends Serializable {

  Pattern MEAN_RANK = Pattern.compile("mean-rank\\s*\\((.*)\\)");

  /** What rows must have numbers under. */
  List<String> names();

  /**
   * A list with a score for each candidate, or an attribute of its scores.
   *
   * @param name such as {@code rewards}, {@code helpfulness} or {@code rewards.helpfulness}
   */
  record Named(String name) implements ScoreBy {
    @Override
    public List<String> names() {
      return List.of(name);
    }
  }

  /** The mean over several such lists of the places that they give a candidate. */
  record MeanOfRanks(List<String> names) implements ScoreBy {
    public MeanOfRanks {
      names = List.copyOf(names);
    }
  }

  /**
   * @throws IllegalArgumentException with what was expected and found
   */
  static ScoreBy parse(String text) {
    Matcher mean = MEAN_RANK.matcher(text.strip());
    if (!mean.matches()) {
      if (text.isBlank() || text.contains("(") || text.contains(",")) {
        throw new IllegalArgumentException(
            "expected a field's name or mean-rank(FIELD,FIELD,...), found '" + text + "'");
      }
      return new Named(text.strip());
    }
    List<String> names = Arrays.stream(mean.group(1).split(",", -1)).map(String::strip).toList();
    if (names.size() < 2 || names.contains("") || new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException(
          "expected two different fields or more in mean-rank(...), found '" + text + "'");
    }
    return new MeanOfRanks(names);
  }
}
