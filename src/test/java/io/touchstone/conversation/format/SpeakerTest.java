package io.touchstone.conversation.format;

import static io.touchstone.conversation.format.FormatTable.MESSAGES;
import static io.touchstone.conversation.format.FormatTable.SHAREGPT;
import static io.touchstone.conversation.format.Lines.assertMalformed;
import static io.touchstone.conversation.format.Lines.outline;
import static io.touchstone.conversation.format.Lines.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpeakerTest {

  private static String chat(String from, String value) {
    return "{\"conversations\":[{\"from\":\"human\",\"value\":\"a\"},{\"from\":\"%s\",\"value\":%s},"
            .formatted(from, value)
        + "{\"from\":\"gpt\",\"value\":\"z\"}]}";
  }

  private static Turn second(String line) {
    return row(SHAREGPT, line).conversations().get(0).turns().get(1);
  }

  @ParameterizedTest
  @CsvSource({
    "user, user",
    "human, user",
    "gpt, assistant",
    "assistant, assistant",
    "chatgpt, assistant",
    "bot, assistant",
    "system, system",
    "observation, tool",
    "tool, tool",
    "function_response, tool",
    "tool_response, tool"
  })
  void eachIsARoleThatTemplatesKnow(String from, String role) {
    assertThat(outline(row(SHAREGPT, chat(from, "\"b\""))))
        .containsExactly("user:a|" + role + ":b|assistant:z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"function_call", "tool_call"})
  void aCallIsTheAssistantsMessageWithIt(String from) {
    Turn turn =
        second(chat(from, "\"{\\\"name\\\": \\\"f\\\", \\\"arguments\\\": {\\\"x\\\": null}}\""));

    assertThat(turn.role()).isEqualTo(Role.ASSISTANT);
    assertThat(turn.fields()).containsEntry("role", "assistant").containsEntry("content", "");
    assertThat(turn.fields().get("tool_calls"))
        .hasToString("[{type=function, function={name=f, arguments={x=null}}}]");
  }

  @Test
  void severalCallsStandInOneMessage() {
    assertThat(
            second(
                    chat(
                        "function_call",
                        "\"[{\\\"name\\\":\\\"f\\\"},{\\\"name\\\":\\\"g\\\",\\\"arguments\\\":\\\"{}\\\"}]\""))
                .fields()
                .get("tool_calls"))
        .isEqualTo(
            List.of(
                Map.of("type", "function", "function", Map.of("name", "f")),
                Map.of("type", "function", "function", Map.of("name", "g", "arguments", "{}"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"f(1)\" | a text that is no JSON",
        "\"\" | a text that is no JSON",
        "\"null\" | a text that is no JSON",
        "\"[]\" | an empty list",
        "\"{\\\"arguments\\\":{}}\" | other JSON",
        "\"[7]\" | other JSON"
      })
  void aCallThatIsNoneIsRefused(String value, String found) {
    assertMalformed(
        SHAREGPT,
        chat("function_call", value),
        "wrong-type",
        "conversations[1].value: expected JSON of a call, an object with name and arguments, or of a"
            + " list of them, found "
            + found);
  }

  @ParameterizedTest
  @ValueSource(strings = {"human", "gpt", "bot", "chatgpt", "User", "ASSISTANT", "System"})
  void aWordThatNoTemplateKnowsForARoleIsRefused(String role) {
    assertMalformed(
        MESSAGES,
        "{\"messages\":[{\"role\":\"%s\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]}"
            .formatted(role),
        "unknown-speaker",
        "messages[0].role: expected user, assistant, system or another role that chat templates"
            + " know, found "
            + role);
  }
}
