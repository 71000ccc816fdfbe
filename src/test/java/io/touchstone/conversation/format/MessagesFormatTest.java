package io.touchstone.conversation.format;

import static io.touchstone.conversation.format.FormatTable.MESSAGES;
import static io.touchstone.conversation.format.Lines.assertMalformed;
import static io.touchstone.conversation.format.Lines.enriched;
import static io.touchstone.conversation.format.Lines.outline;
import static io.touchstone.conversation.format.Lines.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.Role;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowNote;
import java.math.BigInteger;
import java.util.AbstractMap.SimpleEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MessagesFormatTest {

  private static final String CHAT =
      """
      {"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},\
      {"role":"user","content":"c"},{"role":"assistant","content":"d"},\
      {"role":"user","content":"e"}]}""";

  private static final String ANSWER = "{\"role\":\"assistant\",\"content\":\"d\"}";

  private static String message(String fields) {
    return "{\"messages\":[{" + fields + "},{\"role\":\"assistant\",\"content\":\"z\"}]}";
  }

  private static Map<String, Object> firstFields(String line) {
    return row(MESSAGES, line).conversations().get(0).turns().get(0).fields();
  }

  @Test
  void scoresTheLastAssistantTurnAndIgnoresWhatFollows() {
    Row row = row(MESSAGES, CHAT);

    assertThat(outline(row)).containsExactly("user:a|assistant:b|user:c|assistant:d");
    assertThat(enriched(row, "2.0")).isEqualTo(CHAT.replace("]}", "],\"reward\":2.0}"));
  }

  @Test
  void scoresEveryAssistantTurnIfAskedTo() {
    Row row = row(MESSAGES, ScoredTurns.ALL, CHAT);

    assertThat(outline(row))
        .containsExactly("user:a|assistant:b", "user:a|assistant:b|user:c|assistant:d");
    assertThat(enriched(row, "2.0", "-1.5"))
        .isEqualTo(CHAT.replace("]}", "],\"rewards\":[2.0,-1.5]}"));
  }

  @Test
  void writesAListAlsoForASingleTurn() {
    Row row =
        row(
            MESSAGES,
            ScoredTurns.ALL,
            "{\"rewards\": 0, \"messages\": [{\"role\": \"assistant\", \"content\": \"b\"}]}");

    assertThat(enriched(row, "2.0"))
        .isEqualTo(
            "{\"rewards\": [2.0], \"messages\": [{\"role\": \"assistant\", \"content\": \"b\"}]}");
  }

  @Test
  void keepsEveryFieldOfAMessageInItsOrder() {
    Map<String, Object> fields =
        firstFields(
            message(
                """
                "tool_calls":[{"id":1,"arguments":{"deep":[true,false]}}],"n":-0.0,\
                "content":null,"big":12345678901234567890,"huge":1e400,"role":"assistant",\
                "name":"é\\u00e9"\
                """));

    assertThat(fields)
        .containsExactly(
            Map.entry(
                "tool_calls",
                List.of(Map.of("id", 1L, "arguments", Map.of("deep", List.of(true, false))))),
            Map.entry("n", -0.0),
            new SimpleEntry<>("content", null),
            Map.entry("big", new BigInteger("12345678901234567890")),
            Map.entry("huge", Double.POSITIVE_INFINITY),
            Map.entry("role", "assistant"),
            Map.entry("name", "éé"));
  }

  @Test
  void keepsTheWordOfARoleThatIsNoneOfOurs() {
    Row row = row(MESSAGES, message("\"role\":\"tool\",\"content\":\"a\""));

    assertThat(row.conversations().get(0).turns().get(0).role()).isEqualTo(Role.OTHER);
    assertThat(outline(row)).containsExactly("tool:a|assistant:z");
  }

  @Test
  void keepsAListOfTextPartsAsItIs() {
    String line =
        message(
            "\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\",\"k\":1},"
                + "{\"text\":\"b\",\"type\":\"text\"}]");

    assertThat(firstFields(line).get("content"))
        .isEqualTo(
            Arrays.asList(
                Map.of("type", "text", "text", "a", "k", 1L), Map.of("type", "text", "text", "b")));
    assertThat(outline(row(MESSAGES, line))).containsExactly("user:ab|assistant:z");
  }

  @Test
  void replacesSurrogatesWithoutPartnerInTextAndLeavesThemInTheLine() {
    String line =
        message(
            """
            "role":"user","content":"\\ud83d!\\udf72\\ud83c\\udf72 \\ud83d","x":{"\\udc00":"\\ud800"}\
            """);
    Row row = row(MESSAGES, line);

    assertThat(row.conversations().get(0).turns().get(0).fields())
        .containsEntry("content", "\ufffd!\ufffd\ud83c\udf72 \ufffd")
        .containsEntry("x", Map.of("\ufffd", "\ufffd"));
    assertThat(enriched(row, "1.0")).isEqualTo(line.replace("]}", "],\"reward\":1.0}"));
  }

  @Test
  void rejectsRowsWithoutAnAssistantTurn() {
    assertMalformed(
        MESSAGES,
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
        "nothing-to-score",
        "messages: expected an assistant turn, found none in 1 turns");
    assertMalformed(
        MESSAGES,
        "{\"messages\":[]}",
        "empty-conversation",
        "messages: expected messages, found none");
    assertMalformed(
        MESSAGES,
        "{\"messages\":null}",
        "missing-field",
        "messages: expected a list of messages, found null");
    assertMalformed(
        MESSAGES,
        "{}",
        "missing-field",
        "messages: expected a list of messages, found no such field");
  }

  @Test
  void rejectsMessagesThatAreNone() {
    assertMalformed(
        MESSAGES,
        "{\"messages\":[\"secret\"]}",
        "wrong-type",
        "messages[0]: expected a message, an object with role and content, found a string");
    assertMalformed(
        MESSAGES,
        message("\"content\":\"secret\""),
        "missing-field",
        "messages[0].role: expected a string, found no such field");
    assertMalformed(
        MESSAGES,
        message("\"role\":null,\"content\":\"secret\""),
        "wrong-type",
        "messages[0].role: expected a string, found null");
    assertMalformed(
        MESSAGES,
        message("\"role\":\"user\",\"content\":\"secret\",\"content\":\"b\""),
        "duplicate-field",
        "messages[0].content: expected the field once, found it twice");
  }

  @Test
  void rejectsMessagesWithoutContentUnlessTheyCarrySomethingElse() {
    String expected =
        ".content: expected a string or a list of text parts (or none beside tool_calls,"
            + " function_call, reasoning_content, reasoning, thinking), found ";
    assertMalformed(
        MESSAGES,
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\"}]}",
        "missing-field",
        "messages[1]" + expected + "no such field");
    assertMalformed(
        MESSAGES,
        message("\"role\":\"assistant\",\"content\":null,\"tool_calls\":[]"),
        "wrong-type",
        "messages[0]" + expected + "null");
    assertMalformed(
        MESSAGES,
        message("\"role\":\"user\",\"content\":{\"secret\":1}"),
        "wrong-type",
        "messages[0]" + expected + "an object");
    assertThat(
            outline(
                row(
                    MESSAGES,
                    "{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\"}]}]}")))
        .containsExactly("assistant:");
  }

  @Test
  void rejectsPartsThatAreNotText() {
    assertMalformed(
        MESSAGES,
        message(
            "\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"secret\"},"
                + "{\"type\":\"image_url\",\"image_url\":{}}]"),
        "unsupported-content",
        "messages[0].content[1].type: expected \"text\", found another type of part");
    assertMalformed(
        MESSAGES,
        message("\"role\":\"user\",\"content\":[{\"text\":\"secret\"}]"),
        "unsupported-content",
        "messages[0].content[0].type: expected \"text\", found no type");
    assertMalformed(
        MESSAGES,
        message("\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":3}]"),
        "unsupported-content",
        "messages[0].content[0].text: expected a string, found another type");
    assertMalformed(
        MESSAGES,
        message("\"role\":\"user\",\"content\":[\"secret\"]"),
        "wrong-type",
        "messages[0].content[0]: expected a text part, an object with type and text, found a"
            + " string");
    assertMalformed(
        MESSAGES,
        message("\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\",\"text\":1}]"),
        "duplicate-field",
        "messages[0].content[0].text: expected the field once, found it twice");
  }

  @Test
  void rejectsARowWhoseNewAnswerStandsInAFieldThatIsNotRead() {
    String turns =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
            + "{\"role\":\"assistant\",\"content\":\"b\"},%s]%s}";
    String user = "{\"role\":\"user\",\"content\":\"c\"}";
    String tool = "{\"role\":\"tool\",\"content\":\"c\"}";
    String wayOn =
        ", and beside it response, which may be the answer: --map names the fields of another"
            + " --format, such as --format helpsteer2 --map prompt=messages,response=response";
    assertMalformed(
        MESSAGES,
        turns.formatted(user, ",\"response\":\"d\""),
        "ends-with-user",
        "messages: expected the assistant's turn last, found the user's" + wayOn);
    assertMalformed(
        MESSAGES,
        turns.formatted(tool, ",\"response\":\"d\""),
        "ends-with-user",
        "messages: expected the assistant's turn last, found another" + wayOn);
    for (String last : List.of(user, tool)) {
      assertThat(row(MESSAGES, turns.formatted(last, ",\"response\":null,\"x\":\"d\"")).notes())
          .containsExactly(RowNote.of(RowNote.Kind.ENDS_WITH_USER));
    }
    assertThat(row(MESSAGES, turns.formatted(user + "," + ANSWER, ",\"response\":\"d\"")).notes())
        .containsExactly(new RowNote(RowNote.Kind.UNREAD_ANSWER, "response"));
  }
}
