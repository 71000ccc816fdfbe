package io.touchstone.conversation.format;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.SharedTurns;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code chosen}, {@code rejected}: both are scored, into {@code chosen_reward} and {@code
 * rejected_reward}.
 *
 * <p>A text answers {@code prompt}, or is a whole transcript where there is none. A message list
 * continues a {@code prompt} that is a list, and is the whole conversation beside one that is a
 * text: data sets with lists repeat such a prompt as their first message.
 */
final class PreferenceFormat implements LineFormat {

  private static final Field<Optional<TextOrMessages>> PROMPT =
      Field.textOrMessages("prompt").optional();
  private static final Field<TextOrMessages> CHOSEN = Field.textOrMessages("chosen");
  private static final Field<TextOrMessages> REJECTED = Field.textOrMessages("rejected");
  private static final Map<String, Field<?>> READS = Field.byName(PROMPT, CHOSEN, REJECTED);

  private final List<String> rewards;

  PreferenceFormat(ScoreFields fields) {
    this.rewards = fields.named("reward", "chosen_%s", "rejected_%s");
  }

  @Override
  public Map<String, Field<?>> reads() {
    return READS;
  }

  @Override
  public List<String> names() {
    return rewards;
  }

  @Override
  public Row row(RowFields fields) {
    Optional<TextOrMessages> prompt = fields.optional(PROMPT);
    return fields.writingFields(
        List.of(
            side(CHOSEN.name(), fields.required(CHOSEN), prompt),
            side(REJECTED.name(), fields.required(REJECTED), prompt)),
        rewards);
  }

  private static Conversation side(
      String name, TextOrMessages side, Optional<TextOrMessages> prompt) {
    if (side instanceof TextOrMessages.Text answer) {
      return prompt
          .map(asked -> SharedTurns.answered(asked.asPrompt(), answer.text()))
          .orElseGet(() -> new Conversation(Transcript.turns(name, answer.text())));
    }
    List<Turn> own = side.asPrompt();
    int last = own.size() - 1;
    if (own.get(last).role() != Role.ASSISTANT) {
      throw new RowProblem(
          Malformation.NOTHING_TO_SCORE,
          name + "[" + last + "].role",
          "expected assistant in the last message, found another role");
    }
    List<Turn> turns = new ArrayList<>();
    if (prompt.isPresent() && prompt.get() instanceof TextOrMessages.Messages asked) {
      turns.addAll(asked.turns());
    }
    turns.addAll(own);
    return new Conversation(turns);
  }
}
