package io.touchstone.conversation.format;

import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.LineText;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowNote;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads lines of one format as what is to be answered; whatever answers they have are left out.
 * Immutable; any thread, several at once.
 */
public final class PromptReader implements PromptSource {

  /** Of answers, which are not read for their own sake. */
  private static final Set<RowNote.Kind> OF_ANSWERS =
      EnumSet.of(
          RowNote.Kind.PROMPT_IN_LIST, RowNote.Kind.PROMPT_IN_TEXT, RowNote.Kind.NULL_ANSWER);

  private final RowFormat format;
  private final PromptRules rules;
  private final RowFields.Wanted wanted;

  public PromptReader(RowFormat format, PromptRules rules) {
    this.format = format;
    this.rules = rules;
    this.wanted = RowFields.Wanted.ofPrompts(format, rules.reading());
  }

  @Override
  public ParsedPrompt read(byte[] utf8Line) {
    try {
      JsonRow row = JsonRow.read(utf8Line);
      Optional<String> brought =
          rules.answersFrom() == null
              ? Optional.empty()
              : BroughtAnswers.in(row, rules.answersFrom());
      if (brought.isEmpty()) {
        return row(utf8Line, row);
      }
      return new ParsedPrompt.Unasked(
          isCandidates()
              ? candidates(utf8Line, row, brought.get())
              : row(utf8Line, row).answered(responses(brought.get())),
          List.of(RowNote.of(RowNote.Kind.BROUGHT_ANSWERS)));
    } catch (RowProblem problem) {
      return new ParsedPrompt.Unanswerable(problem.row());
    }
  }

  /** Whether rows with answers are as they are to be written. */
  private boolean isCandidates() {
    return format == FormatTable.CANDIDATES && AnswerFields.RESPONSES.equals(rules.answersFrom());
  }

  /** A text by itself becomes a list, as which candidates are read. */
  private static byte[] candidates(byte[] utf8Line, JsonRow row, String brought) {
    boolean isList = row.find(AnswerFields.RESPONSES).filter(RowValue::isList).isPresent();
    return isList ? utf8Line : row.with(responses(brought));
  }

  private static Map<String, String> responses(String json) {
    return Map.of(AnswerFields.RESPONSES, json);
  }

  private PromptRow row(byte[] utf8Line, JsonRow row) {
    RowFields fields = new RowFields(LineText.of(utf8Line), wanted);
    Question question = format.recipe().question(fields, rules.lastAnswer());
    Set<String> dropped = dropped();
    refuseClashes(row, dropped, question);
    return new PromptRow(
        fields.opening().conversation(question.turns()),
        question.beginning(),
        id(row),
        fields.notes().stream().filter(note -> !OF_ANSWERS.contains(note.kind())).toList(),
        row,
        new AnswerPlace.Candidates(dropped, tools(row)));
  }

  /**
   * The row with its answers, which are none to leave out.
   *
   * @throws RowProblem if the line is no row of the format
   */
  public AnsweredRow answered(byte[] utf8Line) {
    RowFields fields = new RowFields(LineText.of(utf8Line), wanted);
    Question question = format.recipe().question(fields, LastAnswer.LEFT_OUT);
    List<Optional<Turn>> answers = format.recipe().answers(fields);
    JsonRow row = JsonRow.read(utf8Line);
    return new AnsweredRow(
        fields.opening().conversation(question.turns()), answers, id(row), fields.notes(), row);
  }

  private Optional<String> id(JsonRow row) {
    String field = rules.idField();
    if (field == null) {
      return Optional.empty();
    }
    RowValue value = row.required(field, "a string or a number that identifies the row");
    if (!value.isString() && !value.isNumber()) {
      throw value.refused("a string or a number that identifies the row");
    }
    return Optional.of(value.isString() ? value.text() : value.json());
  }

  /**
   * What is read, but for the tools; of a field of which only a part is read that part alone is
   * meant, unless it holds answers.
   */
  private Set<String> dropped() {
    Set<String> dropped = new HashSet<>();
    for (String name : wanted.read().keySet()) {
      List<FieldPath> places = format.map().paths().get(name);
      if (places == null) {
        dropped.add(name);
        continue;
      }
      for (FieldPath place : places) {
        if (place.steps().isEmpty() || format.recipe().ofAnswers().contains(name)) {
          dropped.add(place.name());
        }
      }
    }
    if (!format.map().paths().containsKey(RowColumns.TOOLS)) {
      dropped.remove(RowColumns.TOOLS);
    }
    if (rules.answersFrom() != null) {
      dropped.add(rules.answersFrom());
    }
    return dropped;
  }

  /** JSON of tools that are somewhere else in the row. */
  private Optional<String> tools(JsonRow row) {
    List<FieldPath> places = format.map().paths().get(RowColumns.TOOLS);
    return places == null || places.isEmpty() || !wanted.read().containsKey(RowColumns.TOOLS)
        ? Optional.empty()
        : Optional.of(places.get(0).json(row::find));
  }

  /** Whether the row's own prompt is what a user says in one of the turns: nothing is lost. */
  private static boolean isOneOf(Question question, JsonRow row) {
    return row.find(AnswerFields.PROMPT)
        .filter(RowValue::isString)
        .map(RowValue::text)
        .filter(
            own ->
                question.turns().stream()
                    .anyMatch(
                        turn ->
                            turn.role() == Role.USER && turn.text().strip().equals(own.strip())))
        .isPresent();
  }

  private static void refuseClashes(JsonRow row, Set<String> dropped, Question question) {
    for (String name : AnswerFields.ofCandidates()) {
      boolean isOthers = row.names().contains(name) && !dropped.contains(name);
      if (isOthers && !(name.equals(AnswerFields.PROMPT) && isOneOf(question, row))) {
        throw new RowProblem(
            Malformation.FIELD_IN_THE_WAY,
            name,
            "expected a row without this field, under whose name answers are written, found it");
      }
    }
    if (row.names().contains(AnswerFields.SCORES)) {
      throw new RowProblem(
          Malformation.FIELD_IN_THE_WAY,
          AnswerFields.SCORES,
          "expected a row without this field, which would be taken for scores of the new answers,"
              + " found it");
    }
  }
}
