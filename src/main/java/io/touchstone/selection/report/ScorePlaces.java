package io.touchstone.selection.report;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.ScoreNames;
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
record ScorePlaces(ScoreNames.Shape shape, List<String> names) {

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
    ScoreNames names = format.scoring(turns).scores();
    return new ScorePlaces(names.shape(), names.by(field.orElse(names.word())));
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
