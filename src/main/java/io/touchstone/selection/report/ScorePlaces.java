package io.touchstone.selection.report;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.ScoreNames;
import io.touchstone.conversation.format.ScoredTurns;
import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.RowValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Where rows of a format hold the scores of one model.
 *
 * @param names of the row's fields, in the order in which their scores are given
 * @param sides of the responses whose scores each field holds
 */
record ScorePlaces(ScoreNames.Shape shape, List<String> names, List<ScoredResponse.Side> sides) {

  private static final String CONVERSATIONS = "conversations";
  private static final String LABEL = "label";
  private static final String MASK = "mask";
  private static final String FROM = "from";
  private static final String CHOSEN = "chosen";
  private static final String REJECTED = "rejected";

  ScorePlaces {
    names = List.copyOf(names);
    sides = List.copyOf(sides);
  }

  /**
   * @param field what {@code annotate} was told to name its scores; empty if nothing
   */
  static ScorePlaces of(RowFormat format, ScoredTurns turns, Optional<String> field) {
    ScoreNames names = format.scoring(turns).scores();
    return new ScorePlaces(names.shape(), names.by(field.orElse(names.word())), sides(names));
  }

  /** Only fields of both sides tell which is which. */
  private static List<ScoredResponse.Side> sides(ScoreNames names) {
    List<ScoredResponse.Side> sides =
        names.patterns().stream()
            .map(
                pattern ->
                    pattern.contains(CHOSEN)
                        ? ScoredResponse.Side.CHOSEN
                        : pattern.contains(REJECTED)
                            ? ScoredResponse.Side.REJECTED
                            : ScoredResponse.Side.NONE)
            .toList();
    return sides.contains(ScoredResponse.Side.CHOSEN)
            && sides.contains(ScoredResponse.Side.REJECTED)
        ? sides
        : Collections.nCopies(sides.size(), ScoredResponse.Side.NONE);
  }

  /** A score as it stands, with the side of its response. */
  record Found(RowValue score, ScoredResponse.Side side) {}

  /**
   * The scores as they stand, in the order of the row's scored conversations.
   *
   * @throws io.touchstone.conversation.line.RowProblem if the row has none
   */
  List<Found> in(JsonRow row) {
    List<Found> found = new ArrayList<>();
    switch (shape) {
      case VALUES -> {
        for (int i = 0; i < names.size(); i++) {
          found.add(new Found(row.required(names.get(i), "a score"), sides.get(i)));
        }
      }
      case LISTS -> {
        String expected = "a list of scores";
        for (int i = 0; i < names.size(); i++) {
          ScoredResponse.Side side = sides.get(i);
          row.required(names.get(i), expected)
              .elements(expected)
              .forEach(score -> found.add(new Found(score, side)));
        }
      }
      case LABELS -> {
        String expected = "a list of turns";
        String mask = row.required(MASK, "a string").text();
        for (RowValue turn : row.required(CONVERSATIONS, expected).elements(expected)) {
          boolean asks = turn.member(FROM).map(RowValue::text).filter(mask::equals).isPresent();
          if (!asks && turn.member(LABEL).filter(label -> !label.isNull()).isPresent()) {
            found.add(
                new Found(
                    turn.member(names.get(0))
                        .orElseThrow(() -> turn.refused("a turn with a label")),
                    sides.get(0)));
          }
        }
      }
    }
    return found;
  }
}
