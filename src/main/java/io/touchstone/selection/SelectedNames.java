package io.touchstone.selection;

import io.touchstone.conversation.format.ScoreFields;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names of the fields that a selection writes.
 *
 * @param word stands in front of each, such as {@code best} of {@code best_input}; null for none
 */
public record SelectedNames(@Nullable String word) implements Serializable {

  /** Without a word in front of them. */
  public static final SelectedNames OWN = new SelectedNames(null);

  static final String INPUT = "input";
  static final String OUTPUT = "output";
  static final String REWARD = "reward";
  static final String CHOSEN = "chosen";
  static final String REJECTED = "rejected";
  static final String CHOSEN_SCORE = "chosen_score";
  static final String REJECTED_SCORE = "rejected_score";

  public SelectedNames {
    if (word != null) {
      ScoreFields.checked(word);
    }
  }

  String of(String own) {
    return word == null ? own : word + "_" + own;
  }

  /** Those of a choice; the prompt of pairs is not among them, which stays under its name. */
  List<String> written(Choice choice, boolean hasScalar) {
    if (choice instanceof PairRule) {
      return Stream.of(CHOSEN, REJECTED, CHOSEN_SCORE, REJECTED_SCORE).map(this::of).toList();
    }
    Stream<String> scalar = hasScalar ? Stream.of(SelectRule.SCALAR) : Stream.empty();
    return Stream.concat(Stream.of(INPUT, OUTPUT, REWARD), scalar).map(this::of).toList();
  }
}
