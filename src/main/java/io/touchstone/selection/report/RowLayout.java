package io.touchstone.selection.report;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.format.ReadRules;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.format.ScoreFields;
import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.MalformedRow;
import io.touchstone.conversation.line.ParsedLine;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import java.util.ArrayList;
import java.util.List;

/** How the rows of one format are read back once they are scored. */
final class RowLayout {
  private final RowReader reader;
  private final List<ScorePlaces> places;

  /**
   * @param fields as {@code annotate} was told to name the scores
   */
  RowLayout(RowFormat format, ReadRules rules, List<ScoreField> fields) {
    this.reader = new RowReader(format, rules, ScoreFields.OWN);
    this.places =
        fields.stream().map(field -> ScorePlaces.of(format, rules.scored(), field.name())).toList();
  }

  /**
   * A line that was read, before anyone says which of its numbers are wanted.
   *
   * @param scores by field, one for each conversation; null where there is none
   * @param sides of the conversations
   * @param without candidates that are no conversation, and have no score
   */
  record Reading(
      List<Conversation> conversations,
      List<List<RowValue>> scores,
      List<ScoredResponse.Side> sides,
      int without) {}

  /**
   * @throws RowProblem if the line is no row of the format, or not one with these scores
   */
  Reading read(byte[] line) {
    ParsedLine parsed = reader.read(line);
    if (parsed instanceof MalformedRow malformed) {
      throw new RowProblem(malformed);
    }
    List<Conversation> conversations = ((Row) parsed).conversations();
    JsonRow row = JsonRow.read(line);
    List<List<RowValue>> scores = new ArrayList<>();
    List<ScoredResponse.Side> sides = List.of();
    int without = 0;
    for (ScorePlaces place : places) {
      List<ScorePlaces.Found> all = place.in(row);
      List<ScorePlaces.Found> found = all;
      if (all.size() > conversations.size()) {
        // A candidate that is null is no conversation, and has null for a score.
        found = all.stream().filter(of -> !of.score().isNull()).toList();
        without = Math.max(without, all.size() - found.size());
      }
      if (found.size() != conversations.size()) {
        throw new RowProblem(
            Malformation.WRONG_LENGTH,
            place.names().get(0),
            "expected " + conversations.size() + " scores, found " + found.size());
      }
      scores.add(found.stream().map(ScorePlaces.Found::score).toList());
      sides = found.stream().map(ScorePlaces.Found::side).toList();
    }
    return new Reading(conversations, scores, sides, without);
  }
}
