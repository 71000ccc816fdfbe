package io.touchstone.conversation.format;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.SharedTurns;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowNote;
import io.touchstone.conversation.line.RowProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What the answers of a row answer. A prompt is part of each conversation once: an answer may be
 * the bare answer, or a list or transcript that begins with the prompt's own turns. What may be
 * either is refused.
 */
final class Prompt {

  /** A text that begins with a shorter one may do so by chance. */
  private static final int LEAST_REPEATED = 16;

  /** How the row holds the prompt. */
  enum Form {
    NONE,
    TEXT,
    TRANSCRIPT,
    MARKED,
    TURNS
  }

  private final Form form;
  private final String field;
  private final List<Turn> own;
  private final List<Turn> opened;
  private final Opening opening;
  private final Consumer<RowNote.Kind> notes;

  private Prompt(
      Form form, String field, List<Turn> own, Opening opening, Consumer<RowNote.Kind> notes) {
    this.form = form;
    this.field = field;
    this.own = own;
    this.opened = opening.before(own, field);
    this.opening = opening;
    this.notes = notes;
  }

  /** No prompt beside the answers, which are whole conversations. */
  static Prompt none(Opening opening, Consumer<RowNote.Kind> notes) {
    return new Prompt(Form.NONE, "prompt", List.of(), opening, notes);
  }

  /**
   * @param field that holds it
   * @param notes are told what may be worth telling
   */
  static Prompt of(
      String field,
      TextOrMessages prompt,
      TurnMarkers markers,
      Opening opening,
      Consumer<RowNote.Kind> notes) {
    if (prompt instanceof TextOrMessages.Messages messages) {
      return new Prompt(Form.TURNS, field, messages.turns(), opening, notes);
    }
    PromptText said = PromptText.of(field, ((TextOrMessages.Text) prompt).text(), markers, notes);
    return new Prompt(said.form(), field, said.turns(), opening, notes);
  }

  /**
   * The conversation that ends with an answer.
   *
   * @param name of the answer's field, as a reason names it
   */
  Conversation answered(String name, TextOrMessages answer) {
    if (answer instanceof TextOrMessages.Messages messages) {
      return opening.conversation(joined(name, messages.turns()));
    }
    String text = ((TextOrMessages.Text) answer).text();
    PromptText.expectNotSpelled(name, text);
    if (form == Form.NONE) {
      return opening.conversation(opening.before(Transcript.whole(name, text), name));
    }
    if (Transcript.is(text)) {
      notes.accept(RowNote.Kind.TRANSCRIPT);
      return opening.conversation(joined(name, Transcript.turns(text)));
    }
    if (form == Form.TRANSCRIPT) {
      if (Transcript.hasSpeaker(text)) {
        throw RowProblem.ambiguous(
            name,
            "an answer to the transcript in "
                + field
                + ", without \\n\\nHuman: and"
                + " \\n\\nAssistant:",
            "one with them: they may part further turns, or be the answer's own words");
      }
      text = Transcript.stripped(text);
    }
    if (form == Form.MARKED && MarkedPrompt.hasMarker(text)) {
      throw RowProblem.ambiguous(
          name,
          "an answer without the marker <extra_id_1>, which parts the turns in " + field,
          "one with it: it may part further turns, or be the answer's own words");
    }
    if (isRepeatedBy(text)) {
      notes.accept(RowNote.Kind.PROMPT_IN_TEXT);
    }
    expectOpenEnd(name);
    return opening.conversation(SharedTurns.answered(opened, Turn.of(Role.ASSISTANT, text)));
  }

  /** The last turn of the conversation that ends with an answer. */
  Turn lastTurn(String name, TextOrMessages answer) {
    List<Turn> turns = answered(name, answer).turns();
    return turns.get(turns.size() - 1);
  }

  /**
   * What is to be answered: the prompt, or where answers are lists that hold it the turns that all
   * of these have in front of the answer.
   *
   * @param answers that the row has, by how a reason names them; they may be none
   * @throws RowProblem also where an answer would not be scored, as it may belong to the prompt
   */
  Question question(Map<String, TextOrMessages> answers, LastAnswer last) {
    if (answers.isEmpty() && endsWithAnAnswer()) {
      if (last == LastAnswer.CONTINUED) {
        return Question.continuing(field, opened);
      }
      throw RowProblem.ambiguous(
          field,
          "a prompt that ends before the answer",
          "one that ends with an assistant's turn: it may be left out, or continued, as --continue"
              + " does");
    }
    Optional<List<Turn>> asked = Optional.empty();
    String first = field;
    for (Map.Entry<String, TextOrMessages> answer : answers.entrySet()) {
      List<Turn> before = before(answer.getKey(), answer.getValue());
      if (asked.isEmpty()) {
        asked = Optional.of(before);
        first = answer.getKey();
      } else if (!areSame(before, asked.get())) {
        throw RowProblem.ambiguous(
            answer.getKey(),
            "an answer to the turns that the one in " + first + " answers",
            "one to others: either may be the prompt");
      }
    }
    return Question.of(field, asked.orElse(form == Form.NONE ? List.of() : opened));
  }

  /** The turns that an answer answers. */
  private List<Turn> before(String name, TextOrMessages answer) {
    List<Turn> whole = answered(name, answer).turns();
    boolean isBare =
        form != Form.NONE
            && answer instanceof TextOrMessages.Text text
            && !Transcript.is(text.text());
    if (isBare) {
      return opened;
    }
    int ofPrompt = begin(whole, opened) ? opened.size() : 0;
    return Question.cut(whole, Math.max(ofPrompt, Question.upToUser(whole)), notes);
  }

  private static boolean areSame(List<Turn> turns, List<Turn> others) {
    return turns.size() == others.size()
        && IntStream.range(0, turns.size()).allMatch(i -> same(turns.get(i), others.get(i)));
  }

  private boolean isRepeatedBy(String answer) {
    return form == Form.TEXT
        && own.get(0).text().length() >= LEAST_REPEATED
        && answer.startsWith(own.get(0).text());
  }

  /** The prompt and what follows it, or the whole conversation that begins with the prompt. */
  private List<Turn> joined(String name, List<Turn> turns) {
    int last = turns.size() - 1;
    if (turns.get(last).role() != Role.ASSISTANT) {
      throw new RowProblem(
          Malformation.NOTHING_TO_SCORE,
          name + "[" + last + "].role",
          "expected assistant in the last message, found another role");
    }
    if (form == Form.NONE) {
      if (turns.stream().noneMatch(turn -> turn.role() == Role.USER)) {
        throw new RowProblem(
            Malformation.MISSING_FIELD,
            field,
            "expected the prompt that "
                + name
                + " answers, found neither the field nor a user's"
                + " turn in "
                + name);
      }
      return opening.before(turns, name);
    }
    Optional<List<Turn>> whole = whole(turns);
    if (whole.isPresent()) {
      notes.accept(RowNote.Kind.PROMPT_IN_LIST);
      return opening.before(whole.get(), name);
    }
    Role first = turns.get(0).role();
    if (first == Role.ASSISTANT && form == Form.TEXT && holdText(turns)) {
      throw RowProblem.ambiguous(
          name,
          "a list that begins with the answer, or with the turns of " + field,
          "one that begins with the assistant and holds the prompt later: it may continue the prompt,"
              + " or be a conversation of its own");
    }
    if (first == Role.USER ? !mayBeContinuedBy(turns.get(0)) : Opening.isOfSystem(turns.get(0))) {
      throw RowProblem.ambiguous(
          name,
          "a list that begins with the answer, or with the turns of " + field,
          "one that begins with other turns: they may continue the prompt, or be a conversation of"
              + " their own");
    }
    if (first != Role.USER) {
      expectOpenEnd(name);
    }
    List<Turn> continued = new ArrayList<>(opened);
    continued.addAll(turns);
    return continued;
  }

  /**
   * Whether the user may speak next: only the system has spoken, or the assistant spoke last, and
   * what the user says is not how the prompt began.
   */
  private boolean mayBeContinuedBy(Turn next) {
    Optional<Turn> beginning = own.stream().filter(turn -> turn.role() == Role.USER).findFirst();
    return beginning.isEmpty()
        || (own.get(own.size() - 1).role() == Role.ASSISTANT && !same(beginning.get(), next));
  }

  /** The conversation, if the turns hold the prompt; one of them may lack the system's turn. */
  private Optional<List<Turn>> whole(List<Turn> turns) {
    boolean promptHasSystem = !own.isEmpty() && Opening.isOfSystem(own.get(0));
    boolean turnsHaveSystem = Opening.isOfSystem(turns.get(0));
    boolean held = form == Form.TEXT && !isAnswered(turns) && holdText(turns);
    if (begin(turns, own) || held) {
      return Optional.of(turns);
    }
    if (turnsHaveSystem && !promptHasSystem && begin(turns.subList(1, turns.size()), own)) {
      return Optional.of(turns);
    }
    if (promptHasSystem && !turnsHaveSystem && begin(turns, own.subList(1, own.size()))) {
      List<Turn> whole = new ArrayList<>();
      whole.add(own.get(0));
      whole.addAll(turns);
      return Optional.of(whole);
    }
    return Optional.empty();
  }

  /** Whether the turns begin with an answer, which must be one to the prompt, if there is any. */
  private boolean isAnswered(List<Turn> turns) {
    return turns.get(0).role() == Role.ASSISTANT
        && !Transcript.stripped(own.get(0).text()).isEmpty();
  }

  /** Whether the user says the prompt's text in one of the turns, or it is blank beside turns. */
  private boolean holdText(List<Turn> turns) {
    String text = Transcript.stripped(own.get(0).text());
    return turns.stream()
        .filter(turn -> turn.role() == Role.USER)
        .anyMatch(turn -> text.isEmpty() || Transcript.stripped(turn.text()).equals(text));
  }

  private static boolean begin(List<Turn> turns, List<Turn> prompt) {
    if (prompt.isEmpty() || turns.size() <= prompt.size()) {
      return false;
    }
    for (int i = 0; i < prompt.size(); i++) {
      if (!same(turns.get(i), prompt.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(Turn one, Turn other) {
    return one.role() == other.role()
        && Transcript.stripped(one.text()).equals(Transcript.stripped(other.text()))
        && one.has("tool_calls") == other.has("tool_calls");
  }

  private boolean endsWithAnAnswer() {
    return !own.isEmpty()
        && own.get(own.size() - 1).role() == Role.ASSISTANT
        && !own.get(own.size() - 1).has("tool_calls");
  }

  /** Two answers in a row are none that a model gave. */
  private void expectOpenEnd(String name) {
    if (endsWithAnAnswer()) {
      throw RowProblem.ambiguous(
          field,
          "a prompt that ends before the answer",
          "one that ends with an assistant's turn: "
              + name
              + " may be a second answer to it, or continue it");
    }
  }
}
