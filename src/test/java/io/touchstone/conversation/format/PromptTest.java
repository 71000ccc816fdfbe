package io.touchstone.conversation.format;

import static io.touchstone.conversation.format.FormatTable.ALPACA;
import static io.touchstone.conversation.format.FormatTable.HELPSTEER2;
import static io.touchstone.conversation.format.FormatTable.PREFERENCE;
import static io.touchstone.conversation.format.Lines.assertMalformed;
import static io.touchstone.conversation.format.Lines.outline;
import static io.touchstone.conversation.format.Lines.row;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowNote;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is joined of a prompt and an answer, each a text, a transcript, turns or marked turns. */
final class PromptTest {

  private static final String TEXT = "\"q\"";
  private static final String TRANSCRIPT = "\"\\n\\nHuman: q\\n\\nAssistant:\"";
  private static final String LONG =
      "\"\\n\\nHuman: a\\n\\nAssistant: b\\n\\nHuman: q\\n\\nAssistant:\"";
  private static final String TURNS = "[{\"role\":\"user\",\"content\":\"q\"}]";
  private static final String WITH_SYSTEM =
      "[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"q\"}]";
  private static final String MARKED = "\"a\\n<extra_id_1>Assistant\\nb\\n<extra_id_1>User\\nq\"";

  private static String line(String prompt, String response) {
    return "{\"prompt\":" + prompt + ",\"response\":" + response + "}";
  }

  private static void assertAmbiguous(String prompt, String response, String reason) {
    assertMalformed(HELPSTEER2, line(prompt, response), "ambiguous", reason);
  }

  private static List<String> notes(String prompt, String response) {
    return row(HELPSTEER2, line(prompt, response)).notes().stream().map(RowNote::name).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "\"x\" ; user:q|assistant:x",
        "\"\" ; user:q|assistant:",
        "{\"role\":\"assistant\",\"content\":\"x\"} ; user:q|assistant:x",
        "{\"from\":\"gpt\",\"value\":\"x\"} ; user:q|assistant:x",
        "[{\"role\":\"assistant\",\"content\":\"x\"}] ; user:q|assistant:x",
        "[{\"role\":\"user\",\"content\":\" q\"},{\"role\":\"assistant\",\"content\":\"x\"}]"
            + " ; user: q|assistant:x",
        "[{\"from\":\"human\",\"value\":\"q\"},{\"from\":\"gpt\",\"value\":\"x\"}]"
            + " ; user:q|assistant:x",
        "[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"q\"},"
            + "{\"role\":\"assistant\",\"content\":\"x\"}] ; system:s|user:q|assistant:x",
        "[{\"role\":\"assistant\",\"content\":\"x\"},{\"role\":\"tool\",\"content\":\"t\"},"
            + "{\"role\":\"assistant\",\"content\":\"y\"}] ; user:q|assistant:x|tool:t|assistant:y",
        "\"\\n\\nHuman: q\\n\\nAssistant: x\" ; user:q|assistant:x",
        "\"\\n\\nAssistant: x\" ; user:q|assistant:x"
      })
  void aTextPromptIsTheUsersTurnOnce(String answer, String expected) {
    for (String prompt : List.of(TEXT, TURNS)) {
      assertThat(String.join("|", outline(row(HELPSTEER2, line(prompt, answer)))))
          .as(prompt)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\" x\"",
        "[{\"role\":\"assistant\",\"content\":\"x\"}]",
        "\"\\n\\nHuman: a\\n\\nAssistant: b\\n\\nHuman: q\\n\\nAssistant: x\"",
        "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"},"
            + "{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"x\"}]"
      })
  void aTranscriptIsTurns(String answer) {
    assertThat(outline(row(HELPSTEER2, line(LONG, answer))))
        .containsExactly("user:a|assistant:b|user:q|assistant:x");
    assertThat(notes(LONG, answer)).contains("transcript");
  }

  @Test
  void aTranscriptMayEndWithTheUserOrWithABlank() {
    assertThat(outline(row(HELPSTEER2, line(TRANSCRIPT, "\" x\""))))
        .containsExactly("user:q|assistant:x");
    assertThat(outline(row(HELPSTEER2, line("\"\\n\\nHuman: q\"", "\"x\""))))
        .containsExactly("user:q|assistant:x");
    assertThat(outline(row(HELPSTEER2, line("\"\\n\\nHuman: q \\n\\nAssistant: \"", "\"x\""))))
        .containsExactly("user:q|assistant:x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"x\"",
        "{\"role\":\"assistant\",\"content\":\"x\"}",
        "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"},"
            + "{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"x\"}]"
      })
  void markersPartTurns(String answer) {
    assertThat(outline(row(HELPSTEER2, line(MARKED, answer))))
        .containsExactly("user:a|assistant:b|user:q|assistant:x");
    assertThat(notes(MARKED, answer)).contains("turn-markers");
  }

  @Test
  void markersAreTextForNemosOwnPrompt() {
    Row row =
        (Row)
            new RowReader(HELPSTEER2, ReadRules.ALL.forSteerLm(), ScoreFields.OWN)
                .read(line(MARKED, "\"x\"").getBytes(UTF_8));

    assertThat(outline(row))
        .containsExactly("user:a\n<extra_id_1>Assistant\nb\n<extra_id_1>User\nq|assistant:x");
  }

  @Test
  void theSystemsTurnMayStandInOneOfThemOrInBoth() {
    String whole =
        "[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"q\"},"
            + "{\"role\":\"assistant\",\"content\":\"x\"}]";
    String without =
        "[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"x\"}]";
    for (String each :
        List.of(
            line(WITH_SYSTEM, whole),
            line(WITH_SYSTEM, without),
            line(TURNS, whole),
            line(TEXT, whole),
            line(WITH_SYSTEM, "\"x\""))) {
      assertThat(outline(row(HELPSTEER2, each)))
          .as(each)
          .containsExactly("system:s|user:q|assistant:x");
    }
    assertAmbiguous(
        WITH_SYSTEM.replace("\"s\"", "\"z\""),
        whole,
        "response: expected a list that begins with the answer, or with the turns of prompt, found"
            + " one that begins with other turns: they may continue the prompt, or be a conversation"
            + " of their own");
  }

  @Test
  void aPromptOfTheSystemAloneIsContinued() {
    assertThat(
            outline(
                row(
                    HELPSTEER2,
                    line(
                        "[{\"role\":\"system\",\"content\":\"s\"}]",
                        "[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"x\"}]"))))
        .containsExactly("system:s|user:q|assistant:x");
  }

  @Test
  void turnsThatTheAssistantEndedAreContinuedByTheUser() {
    assertThat(
            outline(
                row(
                    HELPSTEER2,
                    line(
                        "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]",
                        "[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"x\"}]"))))
        .containsExactly("user:a|assistant:b|user:q|assistant:x");
  }

  @Test
  void aTextThatIsALaterTurnOfTheListIsPartOfIt() {
    String list =
        "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"},"
            + "{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"x\"}]";

    assertThat(outline(row(HELPSTEER2, line(TEXT, list))))
        .containsExactly("user:a|assistant:b|user:q|assistant:x");
    assertThat(outline(row(HELPSTEER2, line("\"\"", list))))
        .containsExactly("user:a|assistant:b|user:q|assistant:x");
    assertThat(notes(TEXT, list)).containsExactly("prompt-in-list");
  }

  @Test
  void aListThatBeginsWithOtherTurnsIsAmbiguous() {
    assertAmbiguous(
        TEXT,
        "[{\"role\":\"user\",\"content\":\"z\"},{\"role\":\"assistant\",\"content\":\"x\"}]",
        "response: expected a list that begins with the answer, or with the turns of prompt, found"
            + " one that begins with other turns: they may continue the prompt, or be a conversation"
            + " of their own");
    assertAmbiguous(
        TEXT,
        "[{\"role\":\"assistant\",\"content\":\"Hi\"},{\"role\":\"user\",\"content\":\"q\"},"
            + "{\"role\":\"assistant\",\"content\":\"x\"}]",
        "response: expected a list that begins with the answer, or with the turns of prompt, found"
            + " one that begins with the assistant and holds the prompt later: it may continue the"
            + " prompt, or be a conversation of its own");
  }

  @Test
  void aSecondAnswerInARowIsAmbiguous() {
    String prompt =
        "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]";
    for (String answer : List.of("\"x\"", "[{\"role\":\"assistant\",\"content\":\"x\"}]")) {
      assertAmbiguous(
          prompt,
          answer,
          "prompt: expected a prompt that ends before the answer, found one that ends with an"
              + " assistant's turn: response may be a second answer to it, or continue it");
    }
    assertThat(
            outline(
                row(
                    HELPSTEER2,
                    line(
                        prompt.replace("\"b\"}", "\"\",\"tool_calls\":[{\"id\":\"1\"}]}"),
                        "\"x\""))))
        .containsExactly("user:a|assistant:|assistant:x");
  }

  @Test
  void speakersWithinTheAnswerToATranscriptAreAmbiguous() {
    assertAmbiguous(
        TRANSCRIPT,
        "\" x\\n\\nHuman: y\"",
        "response: expected an answer to the transcript in prompt, without \\n\\nHuman: and"
            + " \\n\\nAssistant:, found one with them: they may part further turns, or be the answer's"
            + " own words");
    assertThat(outline(row(HELPSTEER2, line(TEXT, "\"x\\n\\nHuman: y\""))))
        .as("a text prompt's answer may say so")
        .containsExactly("user:q|assistant:x\n\nHuman: y");
  }

  @Test
  void aMarkerWithinTheAnswerToAMarkedPromptIsAmbiguous() {
    assertAmbiguous(
        MARKED,
        "\"x\\n<extra_id_1>\"",
        "response: expected an answer without the marker <extra_id_1>, which parts the turns in"
            + " prompt, found one with it: it may part further turns, or be the answer's own words");
    assertThat(outline(row(HELPSTEER2, line(TEXT, "\"The sentinel <extra_id_1>\""))))
        .containsExactly("user:q|assistant:The sentinel <extra_id_1>");
  }

  @Test
  void textBeforeAnOpenTranscriptIsAmbiguous() {
    assertAmbiguous(
        "\"Be kind.\\n\\nHuman: q\\n\\nAssistant:\"",
        "\"x\"",
        "prompt: expected a text, or a transcript that starts with \\n\\nHuman:, found text before"
            + " the speakers of one that ends with \\n\\nAssistant:, which may be a system's turn or"
            + " part of the user's");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\r\\n\\r\\nHuman: q\\r\\n\\r\\nAssistant:\"",
        "\"Human: a\\n\\nAssistant: b\\n\\nHuman: q\"",
        "\"Human: q\\nAssistant:\"",
        "\"\\n\\nHuman: a\\nAssistant: b\\nHuman: q\\nAssistant: \""
      })
  void aTranscriptInAnotherFormIsAmbiguous(String prompt) {
    assertAmbiguous(
        prompt,
        "\"x\"",
        "prompt: expected a text, or a transcript whose speakers \\n\\nHuman: and \\n\\nAssistant:"
            + " begin it, found one whose lines Human: or Assistant: are parted otherwise: they may"
            + " part turns, or be the user's own words");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"[{\\\"role\\\": \\\"user\\\", \\\"content\\\": \\\"q\\\"}]\"",
        "\"[{'content': 'q', 'role': 'user'}]\"",
        "\" [ {\\\"from\\\":\\\"human\\\",\\\"value\\\":\\\"q\\\"}]\"",
        "\"{'role': 'assistant', 'content': 'x'}\""
      })
  void aTextThatSpellsMessagesIsAmbiguous(String text) {
    String reason =
        ": expected a string or a list of messages, found a text that spells messages: it may be"
            + " turns, or what is said";
    assertAmbiguous(text, "\"x\"", "prompt" + reason);
    assertAmbiguous(TEXT, text, "response" + reason);
  }

  @Test
  void otherJsonIsWhatIsSaid() {
    assertThat(outline(row(HELPSTEER2, line("\"[1, {}]\"", "\"{\\\"value\\\": 3}\""))))
        .containsExactly("user:[1, {}]|assistant:{\"value\": 3}");
  }

  @Test
  void aPromptThatATemplateWroteIsTold() {
    for (String prompt :
        List.of(
            "\"<|im_start|>user\\nq\"",
            "\"<s>[INST] q [/INST]\"",
            "\"<|start_header_id|>user\"",
            "\"<start_of_turn>user\"",
            "\"Human: q\"",
            "\"### Instruction:\\nq\\n\\n### Response:\\n\"",
            "\"USER: q ASSISTANT:\"")) {
      assertThat(notes(prompt, "\"x\"")).as(prompt).containsExactly("rendered-prompt");
    }
    assertThat(notes(TEXT, "\"x\"")).isEmpty();
  }

  @Test
  void anAnswerThatRepeatsALongPromptIsTold() {
    assertThat(notes("\"How do I keep bread?\"", "\"How do I keep bread? In a bag.\""))
        .containsExactly("prompt-in-text");
    assertThat(notes("\"Hi\"", "\"Hi, you!\"")).as("may be by chance").isEmpty();
  }

  @Test
  void anAnswersListWithoutAPromptNeedsAUsersTurn() {
    assertMalformed(
        PREFERENCE,
        "{\"chosen\":[{\"role\":\"assistant\",\"content\":\"b\"}],"
            + "\"rejected\":[{\"role\":\"assistant\",\"content\":\"c\"}]}",
        "missing-field",
        "prompt: expected the prompt that chosen answers, found neither the field nor a user's turn"
            + " in chosen");
  }

  @Test
  void anAnswerOfAnotherThanTheAssistantIsRefused() {
    assertMalformed(
        HELPSTEER2,
        line(
            TEXT,
            "[{\"role\":\"assistant\",\"content\":\"x\"},{\"role\":\"system\",\"content\":\"y\"}]"),
        "nothing-to-score",
        "response[1].role: expected assistant in the last message, found another role");
  }

  @Test
  void theSystemsColumnStandsInFrontOfEach() {
    for (String each :
        List.of(
            line(TEXT, "\"x\""),
            line(TRANSCRIPT, "\"x\""),
            line(TURNS, "[{\"role\":\"assistant\",\"content\":\"x\"}]"),
            line(
                TEXT,
                "[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"x\"}]"),
            line(WITH_SYSTEM, "\"x\""))) {
      assertThat(
              outline(row(HELPSTEER2, each.replace("{\"prompt\"", "{\"system\":\"s\",\"prompt\""))))
          .as(each)
          .containsExactly("system:s|user:q|assistant:x");
    }
  }

  @Test
  void anInstructionsInputFollowsOnALineOfItsOwnAndHistoryComesBefore() {
    assertThat(outline(row(ALPACA, "{\"instruction\":\"a\",\"input\":\"b\",\"output\":\"x\"}")))
        .containsExactly("user:a\nb|assistant:x");
    assertThat(outline(row(ALPACA, "{\"instruction\":\"a\",\"input\":\"\",\"output\":\"x\"}")))
        .containsExactly("user:a|assistant:x");
    assertThat(outline(row(ALPACA, "{\"instruction\":\"\",\"input\":\"b\",\"output\":\"x\"}")))
        .containsExactly("user:b|assistant:x");
    assertThat(
            outline(
                row(
                    ALPACA,
                    "{\"instruction\":\"a\",\"input\":\"b\",\"output\":\"x\",\"system\":\"s\","
                        + "\"history\":[[\"c\",\"d\"],[\"e\",\"f\"]]}")))
        .containsExactly("system:s|user:c|assistant:d|user:e|assistant:f|user:a\nb|assistant:x");
    assertMalformed(
        ALPACA,
        "{\"instruction\":\"a\",\"output\":\"x\",\"history\":[[\"c\"]]}",
        "wrong-type",
        "history: expected a list of pairs, each of what the user and the assistant said, found a"
            + " list of 1 texts");
  }
}
