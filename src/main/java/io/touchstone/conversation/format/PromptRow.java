package io.touchstone.conversation.format;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.JsonValue;
import io.touchstone.conversation.line.RowNote;
import io.touchstone.conversation.line.RowProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A row that is to be answered.
 *
 * @param conversation up to the turn that is answered, or with the answer's beginning as its last
 *     turn
 * @param beginning of the answer; empty where there is none
 * @param id what identifies the row; empty where its prompt does
 * @param notes what a user may want to know of how it was understood, each once
 * @param row as it came
 * @param place where its answers are written
 */
public record PromptRow(
    Conversation conversation,
    Optional<String> beginning,
    Optional<String> id,
    List<RowNote> notes,
    JsonRow row,
    AnswerPlace place)
    implements ParsedPrompt {

  public PromptRow {
    notes = List.copyOf(notes);
  }

  /**
   * The line of the row with its answers: the prompt and what is given, then the row's other fields
   * as they stand; or all that the row has as it stands, and then what is given.
   *
   * @param json by name
   */
  public byte[] answered(Map<String, String> json) {
    if (!(place instanceof AnswerPlace.Candidates candidates)) {
      return row.with(json);
    }
    Map<String, String> fields = new LinkedHashMap<>();
    int asked = conversation.turns().size() - (beginning.isPresent() ? 1 : 0);
    fields.put(AnswerFields.PROMPT, promptJson(conversation.turns().subList(0, asked)));
    fields.putAll(json);
    candidates.tools().ifPresent(list -> fields.put(RowColumns.TOOLS, list));
    return row.rebuilt(fields, candidates.dropped());
  }

  /** JSON of a prompt: a text if it would be read as what it is, else messages. */
  static String promptJson(List<Turn> turns) {
    return turns.size() == 1 && isPlain(turns.get(0))
        ? JsonValue.json(turns.get(0).text())
        : JsonValue.json(turns.stream().map(Turn::fields).toList());
  }

  private static boolean isPlain(Turn turn) {
    return turn.role() == Role.USER
        && turn.equals(Turn.of(Role.USER, turn.text()))
        && readsAsText(turn.text());
  }

  private static boolean readsAsText(String prompt) {
    try {
      PromptText read = PromptText.of(AnswerFields.PROMPT, prompt, TurnMarkers.TURNS, note -> {});
      return read.form() == Prompt.Form.TEXT;
    } catch (RowProblem ambiguous) {
      return false;
    }
  }

  /** JSON of a response: a text if it would be read as what it is, else a message. */
  public static String responseJson(String text) {
    try {
      PromptText.expectNotSpelled(AnswerFields.RESPONSES, text);
    } catch (RowProblem ambiguous) {
      return messageJson(text);
    }
    return Transcript.is(text) ? messageJson(text) : JsonValue.json(text);
  }

  private static String messageJson(String text) {
    return JsonValue.json(Turn.of(Role.ASSISTANT, text).fields());
  }
}
