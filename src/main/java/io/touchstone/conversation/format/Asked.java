package io.touchstone.conversation.format;

import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where rows hold what their answers answer.
 *
 * @param prompt a text, which is what the user said, or turns; a row may lack it only if {@code
 *     absence} says so
 * @param input a text that follows the prompt's on a line of its own; empty where the format has
 *     none
 * @param history turns before the prompt's; empty where the format has none
 */
record Asked(
    Field<TextOrMessages> prompt,
    Absence absence,
    Optional<Field<String>> input,
    Optional<Field<TextOrMessages>> history) {

  enum Absence {
    REFUSED,
    /** The answers are whole conversations. */
    ALLOWED
  }

  static Asked in(String field) {
    return in(Field.textOrMessages(field));
  }

  static Asked in(Field<TextOrMessages> prompt) {
    return new Asked(prompt, Absence.REFUSED, Optional.empty(), Optional.empty());
  }

  static Asked orNone(String field) {
    return new Asked(
        Field.textOrMessages(field), Absence.ALLOWED, Optional.empty(), Optional.empty());
  }

  /** As Alpaca's rows have it, which LLaMA-Factory and ms-swift join so. */
  static Asked instruction() {
    return new Asked(
        Field.textOrMessages("instruction"),
        Absence.REFUSED,
        Optional.of(Field.text("input")),
        Optional.of(Field.history("history")));
  }

  Stream<Field<?>> reads() {
    return Stream.of(Stream.of(prompt), input.stream(), history.stream()).flatMap(each -> each);
  }

  /** Names of the fields that a row may lack. */
  List<String> optional() {
    return reads()
        .filter(field -> field != prompt || absence == Absence.ALLOWED)
        .map(Field::name)
        .toList();
  }

  Prompt of(RowFields fields) {
    Optional<TextOrMessages> said = fields.optional(prompt);
    if (said.isEmpty() && absence == Absence.ALLOWED) {
      return Prompt.none(fields.opening(), fields::note);
    }
    return Prompt.of(
        prompt.name(),
        afterHistory(withInput(fields.required(prompt), fields), fields),
        fields.rules().markers(),
        fields.opening(),
        fields::note);
  }

  private TextOrMessages withInput(TextOrMessages said, RowFields fields) {
    Optional<String> more = input.flatMap(fields::optional).filter(text -> !text.isEmpty());
    if (more.isPresent() && said instanceof TextOrMessages.Text text) {
      String first = text.text();
      return new TextOrMessages.Text(first.isEmpty() ? more.get() : first + "\n" + more.get());
    }
    return said;
  }

  private TextOrMessages afterHistory(TextOrMessages said, RowFields fields) {
    Optional<TextOrMessages> before = history.flatMap(fields::optional);
    if (before.isEmpty() || !(before.get() instanceof TextOrMessages.Messages messages)) {
      return said;
    }
    List<Turn> turns = new ArrayList<>(messages.turns());
    if (turns.isEmpty()) {
      return said;
    }
    if (said instanceof TextOrMessages.Text text) {
      turns.add(Turn.of(Role.USER, text.text()));
    } else if (said instanceof TextOrMessages.Messages own) {
      turns.addAll(own.turns());
    }
    return new TextOrMessages.Messages(turns);
  }
}
