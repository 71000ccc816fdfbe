package io.touchstone.selection.report;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.ScoredTurns;
import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.RowValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where rows of a format hold the scores of one model.
 *
 * @param names of the row's fields, in the order in which their scores are given
 */
record ScorePlaces(Shape shape, List<String> names) {

  private enum Shape {
    /** A field for each response. */
    VALUES,
    /** Fields with lists of scores. */
    LISTS,
    /** A label inside each turn that has one. */
    LABELS
  }

  private static final String CONVERSATIONS = "conversations";
  private static final String LABEL = "label";
  private static final String MASK = "mask";
  private static final String FROM = "from";

  ScorePlaces {
    names = List.copyOf(names);
  }

  /**
   * @param field what {@code annotate} was told to name its scores; empty if nothing
   */
  static ScorePlaces of(RowFormat format, ScoredTurns turns, Optional<String> field) {
    String plain = field.orElse("reward");
    return switch (format) {
      case STEERLM -> new ScorePlaces(Shape.LABELS, List.of(field.orElse(LABEL)));
      case HELPSTEER2, BEST_OF_N -> values(plain);
      case MESSAGES, SHAREGPT ->
          switch (turns) {
            case LAST -> values(plain);
            case ALL -> lists(field.orElse("rewards"));
          };
      case CANDIDATES -> lists(field.orElse("rewards"));
      case HELPSTEER3 -> values(plain + "1", plain + "2");
      case PREFERENCE -> values("chosen_" + plain, "rejected_" + plain);
      case PREFERENCE_LISTS -> {
        String score = field.orElse("score");
        yield lists(score + "_chosen", score + "_rejected");
      }
      case JUDGEBENCH -> {
        String score = field.orElse("score");
        yield values(score + "_A", score + "_B");
      }
    };
  }

  private static ScorePlaces values(String... names) {
    return new ScorePlaces(Shape.VALUES, List.of(names));
  }

  private static ScorePlaces lists(String... names) {
    return new ScorePlaces(Shape.LISTS, List.of(names));
  }

  /**
   * The scores as they stand, in the order of the row's scored conversations.
   *
   * @throws io.touchstone.conversation.line.RowProblem if the row has none
   */
  List<RowValue> in(JsonRow row) {
    List<RowValue> found = new ArrayList<>();
    switch (shape) {
      case VALUES -> names.forEach(name -> found.add(row.required(name, "a score")));
      case LISTS -> {
        String expected = "a list of scores";
        names.forEach(name -> found.addAll(row.required(name, expected).elements(expected)));
      }
      case LABELS -> {
        String expected = "a list of turns";
        String mask = row.required(MASK, "a string").text();
        for (RowValue turn : row.required(CONVERSATIONS, expected).elements(expected)) {
          boolean asks = turn.member(FROM).map(RowValue::text).filter(mask::equals).isPresent();
          if (!asks && turn.member(LABEL).filter(label -> !label.isNull()).isPresent()) {
            found.add(
                turn.member(names.get(0)).orElseThrow(() -> turn.refused("a turn with a label")));
          }
        }
      }
    }
    return found;
  }
}
