package io.touchstone.conversation.format;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowNote;
import io.touchstone.conversation.line.RowPrinciples;
import io.touchstone.conversation.line.RowProblem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A prompt, responses with rewards, and edits of the best of them, which are scored: the row gets
 * them among its responses, and the best of all beside them. An edit that is the response itself
 * has its reward; a row without edits is written without anything being scored.
 */
record Edits(Asked asked) implements RowRecipe {

  static final String EDITS = "edits";

  private static final Field<List<Optional<TextOrMessages>>> OF_RESPONSES =
      Field.answers(AnswerFields.RESPONSES);
  private static final Field<List<Optional<TextOrMessages>>> OF_EDITS = Field.answers(EDITS);

  /** An edit's reward: that of a conversation, the response's own, or none. */
  private enum Source {
    SCORED,
    RESPONSE,
    NONE
  }

  @Override
  public List<Field<?>> reads() {
    return Stream.concat(Stream.of(OF_RESPONSES, OF_EDITS), asked.reads()).toList();
  }

  @Override
  public List<String> optional() {
    return Stream.concat(Stream.of(EDITS), asked.optional().stream()).toList();
  }

  @Override
  public Row row(RowFields fields) {
    Prompt prompt = asked.of(fields);
    if (fields.principles().filter(own -> own.shape() == RowPrinciples.Shape.LIST).isPresent()) {
      throw new RowProblem(
          Malformation.UNEXPECTED_VALUE,
          "principles",
          "expected a principle by itself, as edits are compared by one number, found a list");
    }
    List<Optional<TextOrMessages>> responses = fields.required(OF_RESPONSES);
    List<Optional<TextOrMessages>> edits = fields.optional(OF_EDITS).orElse(List.of());
    RewardedResponses rewarded = RewardedResponses.of(fields.asJson());
    Optional<TextOrMessages> edited = responses.get(rewarded.best());
    List<Conversation> conversations = new ArrayList<>();
    List<Source> sources = new ArrayList<>();
    for (Optional<TextOrMessages> edit : edits) {
      if (edit.isEmpty()) {
        fields.note(RowNote.Kind.NULL_ANSWER);
        sources.add(Source.NONE);
      } else if (edit.equals(edited)) {
        fields.note(RowNote.Kind.UNCHANGED_EDIT);
        sources.add(Source.RESPONSE);
      } else {
        conversations.add(prompt.answered(EDITS + "[" + sources.size() + "]", edit.get()));
        sources.add(Source.SCORED);
      }
    }
    if (edits.stream().noneMatch(Optional::isPresent)) {
      fields.note(RowNote.Kind.NO_EDIT);
    }
    return fields.making(
        conversations, values -> rewarded.withEdits(rewards(sources, values, rewarded)));
  }

  private static List<Optional<String>> rewards(
      List<Source> sources, List<String> scored, RewardedResponses rewarded) {
    Iterator<String> next = scored.iterator();
    return sources.stream()
        .map(
            source ->
                switch (source) {
                  case SCORED -> Optional.of(next.next());
                  case RESPONSE -> Optional.of(rewarded.bestReward());
                  case NONE -> Optional.<String>empty();
                })
        .toList();
  }

  @Override
  public Set<String> ofAnswers() {
    return Set.of(AnswerFields.RESPONSES, EDITS);
  }

  @Override
  public Question question(RowFields fields, LastAnswer last) {
    return FormatTable.CANDIDATES.recipe().question(fields, last);
  }
}
