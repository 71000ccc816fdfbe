package io.touchstone.generation.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerWordsTest {

  private static String words(String body, String... texts) {
    return ServerWords.of(body.getBytes(UTF_8), List.of(texts), Optional.of("sk-abcdefgh"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"error\":{\"message\":\"too long\",\"type\":\"BadRequest\"}} | too long",
        "{\"object\":\"error\",\"message\":\"too long\",\"code\":400} | too long",
        "{\"detail\":\"too long\"} | too long",
        "{\"error\":\"too long\"} | too long",
        "{\"detail\":[{\"loc\":[\"body\"]}]} | {\"detail\":[{\"loc\":[\"body\"]}]}",
        "too long | too long",
        "<html><head><TITLE> 502 Bad Gateway </TITLE></head> | a page of HTML: 502 Bad Gateway",
        "<html> | a page of HTML",
        "[1] | [1]",
      })
  void readsTheFormsOfFailuresThatServersHave(String body, String words) {
    assertThat(words(body)).isEqualTo(words);
  }

  @Test
  void sayNothingWhereTheServerDoesNot() {
    assertThat(words(" \n")).isEmpty();
  }

  @Test
  void loseWhatTheyRepeatOfTheConversation() {
    assertThat(
            words("Invalid message 'My name is Ann Other, help!' in body", "My name is Ann Other"))
        .isEqualTo("Invalid message '…, help!' in body");
    assertThat(words("input 'Hi Bob' is too short, Hi Bob", "Hi Bob"))
        .isEqualTo("input '…' is too short, …");
  }

  @Test
  void loseWhatTheyRepeatOfALongRow() {
    String text = "no line is like this one ".repeat(40_000) + "at the very end of it";
    assertThat(words("found: the very end of it! ".repeat(200), text))
        .startsWith("found:…! found:…!");
  }

  @Test
  void loseItInEscapesToo() {
    String text = "Zeile eins\nüber mich und \"dich\" 你好吗朋友们再见啊";
    String once = FakeServer.quoted(text);
    StringBuilder ascii = new StringBuilder();
    once.chars().forEach(c -> ascii.append(c < 128 ? "" + (char) c : String.format("\\u%04x", c)));
    assertThat(words("bad input " + ascii + " given", text)).isEqualTo("bad input \"…\" given");
    assertThat(words(FakeServer.quoted("bad input " + ascii + " given"), text))
        .isEqualTo("\"bad input \"…\" given\"");
  }

  @Test
  void loseWhatTheyRepeatOfTheKey() {
    assertThat(words("Incorrect API key provided: sk-a****efgh. You can"))
        .isEqualTo("Incorrect API key provided: …****…. You can");
  }

  @Test
  void areOneBoundedLine() {
    assertThat(words("a\nb\u001b[31m")).isEqualTo("a\\nb\\u001b[31m");
    assertThat(words("x".repeat(100_000))).hasSize(401).endsWith("x…");
  }

  @Test
  void keepTheWordsThatEveryConversationHas() {
    Conversation conversation =
        new Conversation(
            List.of(
                Turn.of(Role.ASSISTANT, "something long"),
                new Turn(
                    Role.OTHER,
                    Map.of("role", "narrator", "content", List.of(Map.of("text", "deep down"))))),
            List.of(Map.of("name", "get_secret_weather")));
    assertThat(ConversationTexts.of(conversation))
        .containsExactlyInAnyOrder("something long", "narrator", "deep down", "get_secret_weather");
  }
}
