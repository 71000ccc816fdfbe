package io.touchstone.conversation.format;

import io.touchstone.conversation.Role;
import io.touchstone.conversation.SharedTurns;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Accompanied;
import io.touchstone.conversation.line.EditSpan;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code conversations} of {@code {value, from, label}} and {@code mask}: who is not {@code mask}
 * is the assistant, and each of its turns with a label gets a new one, in its place or, under
 * another name, beside it; if all are asked for, those without one, too.
 */
record SteerlmLabels(ScoredTurns scored) implements RowRecipe {

  private static final Field<List<LabelledTurn>> CONVERSATIONS =
      Field.labelledTurns("conversations");
  private static final Field<String> MASK = Field.text("mask");
  private static final String LABEL = "label";

  @Override
  public List<Field<?>> reads() {
    return List.of(CONVERSATIONS, MASK);
  }

  @Override
  public Set<String> taken(List<String> names) {
    return names.get(0).equals(LABEL) ? Set.of("from", "value") : Set.of("from", "value", LABEL);
  }

  @Override
  public Row row(RowFields fields) {
    List<LabelledTurn> said = fields.required(CONVERSATIONS);
    String mask = fields.required(MASK);
    List<Turn> turns = new ArrayList<>();
    List<Integer> wanted = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      Turn turn = turn(said.get(i), mask);
      turns.add(turn);
      boolean isMarked = scored == ScoredTurns.ALL || said.get(i).label() != null;
      if (turn.role() == Role.ASSISTANT && isMarked) {
        wanted.add(i);
      }
    }
    if (wanted.isEmpty()) {
      throw nothingToScore(said.size());
    }
    List<Turn> opened = fields.opening().before(turns, CONVERSATIONS.name());
    int before = opened.size() - turns.size();
    List<Accompanied<EditSpan>> places = new ArrayList<>();
    for (int turn : wanted) {
      places.add(fields.names().get(0).map(name -> place(fields, said.get(turn), name, turn)));
    }
    return fields.writingLabels(
        wanted.stream()
            .map(turn -> fields.opening().conversation(SharedTurns.upTo(opened, before + turn)))
            .toList(),
        places);
  }

  @Override
  public List<Optional<Turn>> answers(RowFields fields) {
    String mask = fields.required(MASK);
    return RowRecipe.lastAnswer(
        fields.required(CONVERSATIONS).stream().map(turn -> turn(turn, mask)).toList());
  }

  @Override
  public Set<String> ofAnswers() {
    return Set.of();
  }

  @Override
  public Question question(RowFields fields, LastAnswer last) {
    String mask = fields.required(MASK);
    List<Turn> turns =
        fields.required(CONVERSATIONS).stream().map(turn -> turn(turn, mask)).toList();
    return Question.in(
        CONVERSATIONS.name(),
        fields.opening().before(turns, CONVERSATIONS.name()),
        last,
        fields::note);
  }

  private static Turn turn(LabelledTurn said, String mask) {
    return Turn.of(said.from().equals(mask) ? Role.USER : Role.ASSISTANT, said.value());
  }

  private RowProblem nothingToScore(int turns) {
    return new RowProblem(
        Malformation.NOTHING_TO_SCORE,
        CONVERSATIONS.name(),
        scored == ScoredTurns.ALL
            ? "expected a turn that is not from mask, found none in " + turns + " turns"
            : "expected a turn that is not from mask and has a label, found none in "
                + turns
                + " turns: write \"label\": \"\" into those to score, or score all with --turns all");
  }

  private static EditSpan place(RowFields fields, LabelledTurn said, String name, int turn) {
    Span label = said.label();
    return label != null && name.equals(LABEL)
        ? new EditSpan(label, "")
        : fields.memberPlace(said.object(), name, CONVERSATIONS.name() + "[" + turn + "]");
  }
}
