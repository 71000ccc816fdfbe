package io.touchstone.conversation.format;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.line.JsonRow;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A row as a prompt, its answers, and what it says of each, all of which becomes lists where rows
 * of one prompt are joined.
 *
 * @param conversation the first answer's; all but the last turn is the prompt, as that of all
 * @param prompt JSON of it
 * @param answers JSON of each, in their order; null where null stands in place of one
 * @param values JSON of a value for each answer, null among them, by the name of the list that they
 *     become; lists that the row says nothing of are not among them
 * @param taken names of the fields that are in these; all others are the row's own
 * @param compared names of own fields that are part of what is asked: equal for rows of one prompt
 */
public record JoinedPrompt(
    Conversation conversation,
    String prompt,
    List<String> answers,
    Map<String, List<String>> values,
    Set<String> taken,
    Set<String> compared,
    JsonRow row) {

  public JoinedPrompt {
    answers = List.copyOf(answers);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    taken = Set.copyOf(taken);
    compared = Set.copyOf(compared);
  }
}
