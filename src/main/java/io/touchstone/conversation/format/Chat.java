package io.touchstone.conversation.format;

import io.touchstone.conversation.Role;
import io.touchstone.conversation.SharedTurns;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Enrichment.Slot;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowNote;
import io.touchstone.conversation.line.RowProblem;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A chat of many turns: the last assistant turn is scored, or each; those after it do not count.
 */
record Chat(Field<TextOrMessages> field, ScoredTurns scored) implements RowRecipe {

  @Override
  public List<Field<?>> reads() {
    return List.of(field);
  }

  @Override
  public Row row(RowFields fields) {
    List<Turn> turns = turns(fields);
    refuseUnreadAnswer(turns, fields);
    List<Turn> opened = fields.opening().before(turns, field.name());
    int[] ends =
        IntStream.range(0, opened.size())
            .filter(i -> opened.get(i).role() == Role.ASSISTANT)
            .toArray();
    if (ends.length == 0) {
      throw new RowProblem(
          Malformation.NOTHING_TO_SCORE,
          field.name(),
          "expected an assistant turn, found none in " + turns.size() + " turns");
    }
    int[] wanted = scored == ScoredTurns.ALL ? ends : new int[] {ends[ends.length - 1]};
    var conversations =
        Arrays.stream(wanted)
            .mapToObj(end -> fields.opening().conversation(SharedTurns.upTo(opened, end)))
            .toList();
    return scored == ScoredTurns.ALL
        ? fields.writingLists(conversations, List.of(Collections.nCopies(ends.length, Slot.VALUE)))
        : fields.writingFields(conversations);
  }

  @Override
  public List<Optional<Turn>> answers(RowFields fields) {
    return RowRecipe.lastAnswer(turns(fields));
  }

  @Override
  public Set<String> ofAnswers() {
    return Set.of();
  }

  @Override
  public Question question(RowFields fields, LastAnswer last) {
    List<Turn> turns = turns(fields);
    return Question.in(
        field.name(), fields.opening().before(turns, field.name()), last, fields::note);
  }

  private List<Turn> turns(RowFields fields) {
    TextOrMessages said = fields.required(field);
    return said instanceof TextOrMessages.Messages messages
        ? messages.turns()
        : Transcript.whole(field.name(), ((TextOrMessages.Text) said).text());
  }

  /**
   * The answer to a last question may stand beside the turns: an older one is not scored for it.
   */
  private void refuseUnreadAnswer(List<Turn> turns, RowFields fields) {
    Role last = turns.get(turns.size() - 1).role();
    if (last == Role.ASSISTANT) {
      return;
    }
    List<String> unread = fields.unreadAnswers();
    if (!unread.isEmpty()) {
      throw new RowProblem(
          Malformation.ENDS_WITH_USER,
          field.name(),
          "expected the assistant's turn last, found "
              + (last == Role.USER ? "the user's" : "another")
              + ", and beside it "
              + String.join(", ", unread)
              + ", which may be the answer: --map names the fields of another --format, such as"
              + " --format helpsteer2 --map prompt="
              + field.name()
              + ",response="
              + unread.get(0));
    }
    fields.note(RowNote.Kind.ENDS_WITH_USER);
  }
}
