package io.touchstone.conversation.format;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.SharedTurns;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code prompt} and two lists of answers, {@code chosen} and {@code rejected}: each answer is
 * scored, into the lists {@code score_chosen} and {@code score_rejected}.
 *
 * <p>RM-Bench's and RewardBench 2's rows; RM-Bench's own programs name the scores so.
 */
final class PreferenceListsFormat implements LineFormat {

  private static final Field<TextOrMessages> PROMPT = Field.textOrMessages("prompt");
  private static final Field<List<String>> CHOSEN = Field.texts("chosen");
  private static final Field<List<String>> REJECTED = Field.texts("rejected");
  private static final Map<String, Field<?>> READS = Field.byName(PROMPT, CHOSEN, REJECTED);

  private final List<String> scores;

  PreferenceListsFormat(ScoreFields fields) {
    this.scores = fields.named("score", "%s_chosen", "%s_rejected");
  }

  @Override
  public Map<String, Field<?>> reads() {
    return READS;
  }

  @Override
  public List<String> names() {
    return scores;
  }

  @Override
  public Row row(RowFields fields) {
    List<Turn> prompt = fields.required(PROMPT).asPrompt();
    List<Conversation> conversations = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (Field<List<String>> side : List.of(CHOSEN, REJECTED)) {
      List<String> answers = fields.required(side);
      if (answers.isEmpty()) {
        throw new RowProblem(
            Malformation.NOTHING_TO_SCORE, side.name(), "expected at least one answer, found none");
      }
      answers.forEach(answer -> conversations.add(SharedTurns.answered(prompt, answer)));
      sizes.add(answers.size());
    }
    return fields.writingLists(conversations, scores, sizes);
  }
}
