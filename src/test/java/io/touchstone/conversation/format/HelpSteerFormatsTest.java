package io.touchstone.conversation.format;

import static io.touchstone.conversation.format.FormatTable.HELPSTEER2;
import static io.touchstone.conversation.format.FormatTable.HELPSTEER3;
import static io.touchstone.conversation.format.Lines.assertMalformed;
import static io.touchstone.conversation.format.Lines.enriched;
import static io.touchstone.conversation.format.Lines.outline;
import static io.touchstone.conversation.format.Lines.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.line.Row;
import org.junit.jupiter.api.Test;

final class HelpSteerFormatsTest {

  @Test
  void scoresTheResponseToAPrompt() {
    Row row = row(HELPSTEER2, "{\"prompt\": \"a\", \"response\": \"\", \"helpfulness\": 3}");

    assertThat(row.writesLabels()).isFalse();
    assertThat(outline(row)).containsExactly("user:a|assistant:");
    assertThat(enriched(row, "-3.28125"))
        .isEqualTo(
            "{\"prompt\": \"a\", \"response\": \"\", \"helpfulness\": 3, \"reward\": -3.28125}");
  }

  @Test
  void scoresTheResponseToAListOfMessages() {
    Row row =
        row(
            HELPSTEER2,
            """
            {"response":"c","prompt":[{"role":"system","content":"s"},\
            {"role":"user","content":"a"}]}""");

    assertThat(outline(row)).containsExactly("system:s|user:a|assistant:c");
  }

  @Test
  void rejectsAPromptOrResponseOfAnotherType() {
    assertMalformed(
        HELPSTEER2,
        "{\"prompt\":null,\"response\":\"b\"}",
        "missing-field",
        "prompt: expected a string or a list of messages, found null");
    assertMalformed(
        HELPSTEER2,
        "{\"prompt\":[],\"response\":\"b\"}",
        "empty-conversation",
        "prompt: expected messages, found none");
    assertMalformed(
        HELPSTEER2,
        "{\"prompt\":\"a\",\"response\":7}",
        "wrong-type",
        "response: expected a string or a list of messages, found a number");
    assertMalformed(
        HELPSTEER2,
        "{\"prompt\":\"a\"}",
        "missing-field",
        "response: expected a string or a list of messages, found no such field");
  }

  @Test
  void scoresBothResponsesToAContext() {
    Row row =
        row(
            HELPSTEER3,
            """
            {"context":[{"role":"user","content":"a"}],"response1":"b","response2":"c",\
            "overall_preference":-2}""");

    assertThat(outline(row)).containsExactly("user:a|assistant:b", "user:a|assistant:c");
    assertThat(enriched(row, "1.5", "{\"helpfulness\":0.25}"))
        .isEqualTo(
            """
            {"context":[{"role":"user","content":"a"}],"response1":"b","response2":"c",\
            "overall_preference":-2,"reward1":1.5,"reward2":{"helpfulness":0.25}}""");
  }

  @Test
  void takesAContextThatIsTextForTheUsersTurn() {
    assertThat(
            outline(row(HELPSTEER3, "{\"context\":\"a\",\"response1\":\"b\",\"response2\":\"c\"}")))
        .containsExactly("user:a|assistant:b", "user:a|assistant:c");
  }

  @Test
  void takesAMessageOrAListOfThemForAResponse() {
    assertThat(
            outline(
                row(
                    HELPSTEER2,
                    """
                    {"prompt":"a","response":{"role":"assistant","content":"b"}}""")))
        .containsExactly("user:a|assistant:b");
    assertThat(
            outline(
                row(
                    HELPSTEER3,
                    """
                    {"context":[{"role":"user","content":"a"}],"response2":"c",\
                    "response1":[{"role":"assistant","content":"b"}]}""")))
        .containsExactly("user:a|assistant:b", "user:a|assistant:c");
  }
}
