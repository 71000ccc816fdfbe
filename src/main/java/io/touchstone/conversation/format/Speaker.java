package io.touchstone.conversation.format;

import com.fasterxml.jackson.core.JsonParser;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.JsonPath;
import io.touchstone.conversation.line.JsonText;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * ShareGPT's names for those who speak. Calls and results of tools become the messages that chat
 * templates know, as in LLaMA-Factory's {@code v1/plugins/data_plugins/converter.py} and ms-swift's
 * {@code MessagesPreprocessor}.
 */
final class Speaker {

  private static final Pattern A_WORD = Pattern.compile("[A-Za-z0-9_-]{1,20}");
  private static final String CALL_EXPECTED =
      "JSON of a call, an object with name and arguments, or of a list of them";

  private Speaker() {}

  static TextOrMessages.Messages readAll(JsonParser in) throws IOException {
    String path = JsonPath.of(in);
    List<Turn> turns = new ArrayList<>();
    for (LabelledTurn said : LabelledTurn.readAll(in)) {
      turns.add(turn(path + "[" + turns.size() + "]", said.from(), said.value()));
    }
    return new TextOrMessages.Messages(turns);
  }

  /**
   * @param path of the turn, as a reason names it
   */
  static Turn turn(String path, String from, String value) {
    return switch (from) {
      case "human", "user" -> Turn.of(Role.USER, value);
      case "gpt", "assistant", "chatgpt", "bot" -> Turn.of(Role.ASSISTANT, value);
      case "system" -> Turn.of(Role.SYSTEM, value);
      case "function_call", "tool_call" -> calling(path + ".value", value);
      case "observation", "tool", "function_response", "tool_response" -> result(value);
      default ->
          throw new RowProblem(
              Malformation.UNKNOWN_SPEAKER,
              path + ".from",
              "expected human, user, gpt, assistant, chatgpt, bot, system, function_call,"
                  + " observation or tool, found "
                  + (A_WORD.matcher(from).matches() ? from : "another text"));
    };
  }

  private static Turn result(String value) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("role", "tool");
    fields.put("content", value);
    return new Turn(Role.OTHER, fields);
  }

  private static Turn calling(String path, String value) {
    Object json = JsonText.value(value).orElseThrow(() -> notACall(path, "a text that is no JSON"));
    List<Object> calls = new ArrayList<>();
    for (Object call : json instanceof List<?> several ? several : List.of(json)) {
      if (!(call instanceof Map<?, ?> named) || !(named.get("name") instanceof String)) {
        throw notACall(path, "other JSON");
      }
      Map<String, Object> function = new LinkedHashMap<>();
      function.put("type", "function");
      function.put("function", call);
      calls.add(function);
    }
    if (calls.isEmpty()) {
      throw notACall(path, "an empty list");
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("role", Role.ASSISTANT.word());
    fields.put("content", "");
    fields.put("tool_calls", List.copyOf(calls));
    return new Turn(Role.ASSISTANT, fields);
  }

  private static RowProblem notACall(String path, String found) {
    return JsonPath.wrongType(path, CALL_EXPECTED, found);
  }
}
