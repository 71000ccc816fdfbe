package io.touchstone.jobs.generate;

import io.touchstone.conversation.format.AnswerFields;
import io.touchstone.conversation.format.PromptRow;
import io.touchstone.conversation.line.JsonValue;
import io.touchstone.generation.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The line of a row with its answers, as all other jobs read it. A row whose answer was begun has
 * the whole of it, the beginning and what follows.
 */
public record AnsweredLine(PromptRow row, List<Answer> answers) {

  private static final String OPENS = "<think>";
  private static final String CLOSES = "</think>";

  public AnsweredLine {
    answers = List.copyOf(answers);
  }

  public byte[] bytes() {
    String beginning = row.beginning().orElse("");
    List<Answer> whole = answers.stream().map(answer -> begun(beginning, answer)).toList();
    Map<String, String> fields = new LinkedHashMap<>();
    AnswerFields names = row.place().fields();
    fields.put(names.responses(), list(whole, answer -> response(answer.response())));
    fields.put(names.thoughts(), list(whole, answer -> JsonValue.json(answer.thought())));
    fields.put(names.finishes(), list(whole, answer -> '"' + answer.finish().word() + '"'));
    fields.put(names.tokenCounts(), list(whole, answer -> Integer.toString(answer.tokens())));
    fields.put(names.logprobSums(), list(whole, answer -> number(answer.logprobSum())));
    return row.answered(fields);
  }

  private String list(List<Answer> of, Function<Answer, String> json) {
    return of.stream().map(json).collect(Collectors.joining(row.row().comma(), "[", "]"));
  }

  private static String response(@Nullable String text) {
    return text == null ? "null" : PromptRow.responseJson(text);
  }

  private static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "null";
  }

  /** With what was there of it; a thought that it has opened goes on in the answer's. */
  private static Answer begun(String beginning, Answer answer) {
    int open = beginning.lastIndexOf(OPENS);
    boolean opens = open >= 0 && beginning.indexOf(CLOSES, open) < 0 && answer.thought() != null;
    String text = opens ? beginning.substring(0, open) : beginning;
    String thought =
        opens
            ? beginning.substring(open + OPENS.length()).stripLeading() + answer.thought()
            : answer.thought();
    return new Answer(
        answer.response() == null ? null : text + answer.response(),
        thought,
        answer.finish(),
        answer.tokens(),
        answer.logprobSum());
  }
}
