package io.touchstone.conversation.format;

import io.touchstone.conversation.Role;
import io.touchstone.conversation.SharedTurns;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.EditSpan;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code conversations} of {@code {value, from, label}} and {@code mask}: who is not {@code mask}
 * is the assistant, and each of its turns with a label gets a new one, in its place or, under
 * another name, beside it.
 */
final class SteerlmFormat implements LineFormat {

  private static final Field<List<LabelledTurn>> CONVERSATIONS =
      new Field<>("conversations", LabelledTurn.LIST_EXPECTED, LabelledTurn::readAll);
  private static final Field<String> MASK = Field.text("mask");
  private static final Field<Optional<String>> SYSTEM = Field.text("system").optional();
  private static final Map<String, Field<?>> READS = Field.byName(CONVERSATIONS, MASK, SYSTEM);

  private static final String LABEL = "label";

  private final List<String> names;

  SteerlmFormat(ScoreFields fields) {
    this.names = fields.named(LABEL, "%s");
  }

  @Override
  public Map<String, Field<?>> reads() {
    return READS;
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public Set<String> writes() {
    return Set.of();
  }

  @Override
  public Set<String> taken() {
    return names.get(0).equals(LABEL) ? Set.of("from", "value") : Set.of("from", "value", LABEL);
  }

  @Override
  public Row row(RowFields fields) {
    List<LabelledTurn> sayings = fields.required(CONVERSATIONS);
    String mask = fields.required(MASK);
    List<Turn> turns = new ArrayList<>();
    fields
        .optional(SYSTEM)
        .filter(system -> !system.isEmpty())
        .ifPresent(system -> turns.add(Turn.of(Role.SYSTEM, system)));
    List<Integer> scored = new ArrayList<>();
    List<Integer> written = new ArrayList<>();
    for (int i = 0; i < sayings.size(); i++) {
      LabelledTurn saying = sayings.get(i);
      Role role = saying.from().equals(mask) ? Role.USER : Role.ASSISTANT;
      turns.add(Turn.of(role, saying.value()));
      if (role == Role.ASSISTANT && saying.label() != null) {
        scored.add(turns.size() - 1);
        written.add(i);
      }
    }
    if (scored.isEmpty()) {
      throw new RowProblem(
          Malformation.NOTHING_TO_SCORE,
          CONVERSATIONS.name(),
          "expected a turn that is not from mask and has a label, found none in "
              + sayings.size()
              + " turns");
    }
    List<EditSpan> places = new ArrayList<>();
    for (String name : names) {
      for (int turn : written) {
        places.add(place(fields, sayings.get(turn), name, turn));
      }
    }
    return fields.writingLabels(
        scored.stream().map(last -> SharedTurns.upTo(turns, last)).toList(), places);
  }

  private static EditSpan place(RowFields fields, LabelledTurn saying, String name, int turn) {
    Span label = saying.label();
    return label != null && name.equals(LABEL)
        ? new EditSpan(label, "")
        : fields.memberPlace(saying.object(), name, CONVERSATIONS.name() + "[" + turn + "]");
  }
}
