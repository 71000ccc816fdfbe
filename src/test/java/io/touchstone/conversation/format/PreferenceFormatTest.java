package io.touchstone.conversation.format;

import static io.touchstone.conversation.format.FormatTable.PREFERENCE;
import static io.touchstone.conversation.format.Lines.assertMalformed;
import static io.touchstone.conversation.format.Lines.enriched;
import static io.touchstone.conversation.format.Lines.outline;
import static io.touchstone.conversation.format.Lines.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.line.Row;
import org.junit.jupiter.api.Test;

final class PreferenceFormatTest {

  private static final String LISTS =
      """
      "chosen":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}],\
      "rejected":[{"role":"user","content":"a"},{"role":"assistant","content":"c"}]}""";

  @Test
  void scoresTwoTextsThatAnswerAPrompt() {
    Row row = row(PREFERENCE, "{\"chosen\": \"b\", \"prompt\": \"a\", \"rejected\": \"c\"}");

    assertThat(outline(row)).containsExactly("user:a|assistant:b", "user:a|assistant:c");
    assertThat(enriched(row, "2.0", "1.0"))
        .isEqualTo(
            "{\"chosen\": \"b\", \"prompt\": \"a\", \"rejected\": \"c\","
                + " \"chosen_reward\": 2.0, \"rejected_reward\": 1.0}");
  }

  @Test
  void takesMessageListsForWholeConversations() {
    assertThat(outline(row(PREFERENCE, "{" + LISTS)))
        .containsExactly("user:a|assistant:b", "user:a|assistant:c");
  }

  @Test
  void takesATextBesideMessageListsForARepetition() {
    assertThat(outline(row(PREFERENCE, "{\"prompt\":\"a\"," + LISTS)))
        .containsExactly("user:a|assistant:b", "user:a|assistant:c");
  }

  @Test
  void putsAPromptThatIsAMessageListInFront() {
    assertThat(
            outline(
                row(
                    PREFERENCE,
                    """
                    {"rejected":[{"role":"assistant","content":"c"}],"chosen":"b",\
                    "prompt":[{"role":"system","content":"s"},{"role":"user","content":"a"}]}""")))
        .containsExactly("system:s|user:a|assistant:b", "system:s|user:a|assistant:c");
  }

  @Test
  void readsTranscriptsWhereThereIsNoPrompt() {
    Row row =
        row(
            PREFERENCE,
            """
            {"prompt":null,"chosen":"\\n\\nHuman: a \\n\\nAssistant:\\n\\nb\\n\\nHumanity\\n\\nHuman:\
            \\n\\nAssistant: c\\u00a0\\u200b\\u0085","rejected":"\\n\\n\\nAssistant:"}""");

    assertThat(outline(row))
        .containsExactly(
            "user:a|assistant:b\n\nHumanity|user:|assistant:c\u00a0\u200b", "assistant:");
  }

  @Test
  void rejectsTextsThatAreNoTranscripts() {
    String expected =
        "expected a list of messages, a text with a prompt field beside it, or a transcript that"
            + " starts with \\n\\nHuman:, found ";
    assertMalformed(
        PREFERENCE,
        "{\"chosen\":\"secret\",\"rejected\":\"c\"}",
        "not-a-transcript",
        "chosen: " + expected + "a text without speakers");
    assertMalformed(
        PREFERENCE,
        "{\"chosen\":\"\",\"rejected\":\"c\"}",
        "not-a-transcript",
        "chosen: " + expected + "a text without speakers");
    assertMalformed(
        PREFERENCE,
        "{\"chosen\":\"\\n\\nAssistant: a\",\"rejected\":\"secret\\n\\nHuman: a\"}",
        "not-a-transcript",
        "rejected: " + expected + "text before the speakers");
    assertMalformed(
        PREFERENCE,
        "{\"chosen\":\"\\n\\nAssistant: a\\n\\nHuman: b\",\"rejected\":\"c\"}",
        "nothing-to-score",
        "chosen: expected a transcript that ends with Assistant, found Human last of 2 turns");
  }

  @Test
  void rejectsAConversationThatEndsWithTheUser() {
    assertMalformed(
        PREFERENCE,
        "{\"chosen\":[{\"role\":\"assistant\",\"content\":\"b\"},{\"role\":\"user\",\"content\":\"a\"}],"
            + "\"rejected\":\"\\n\\nAssistant: a\"}",
        "nothing-to-score",
        "chosen[1].role: expected assistant in the last message, found another role");
  }

  @Test
  void rejectsSidesThatAreNeitherTextNorMessages() {
    assertMalformed(
        PREFERENCE,
        "{\"prompt\":\"a\",\"chosen\":[\"b\",\"c\"],\"rejected\":[\"d\"]}",
        "wrong-type",
        "chosen[0]: expected a message, an object with role and content, found a string");
    assertMalformed(
        PREFERENCE,
        "{\"prompt\":\"a\",\"chosen\":\"b\"}",
        "missing-field",
        "rejected: expected a string or a list of messages, found no such field");
    assertMalformed(
        PREFERENCE,
        "{\"prompt\":7,\"chosen\":\"b\",\"rejected\":\"c\"}",
        "wrong-type",
        "prompt: expected a string or a list of messages, found a number");
  }
}
