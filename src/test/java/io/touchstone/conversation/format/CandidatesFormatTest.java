package io.touchstone.conversation.format;

import static io.touchstone.conversation.format.FormatTable.CANDIDATES;
import static io.touchstone.conversation.format.Lines.assertMalformed;
import static io.touchstone.conversation.format.Lines.enriched;
import static io.touchstone.conversation.format.Lines.outline;
import static io.touchstone.conversation.format.Lines.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowNote;
import org.junit.jupiter.api.Test;

final class CandidatesFormatTest {

  @Test
  void scoresEachResponse() {
    Row row = row(CANDIDATES, "{\"prompt\": \"a\", \"responses\": [\"b\", \"c\", \"b\"]}");

    assertThat(outline(row))
        .containsExactly("user:a|assistant:b", "user:a|assistant:c", "user:a|assistant:b");
    assertThat(enriched(row, "1.0", "2.0", "1.0"))
        .isEqualTo(
            "{\"prompt\": \"a\", \"responses\": [\"b\", \"c\", \"b\"],"
                + " \"rewards\": [1.0, 2.0, 1.0]}");
  }

  @Test
  void takesAListOfMessagesForThePrompt() {
    assertThat(
            outline(
                row(
                    CANDIDATES,
                    """
                    {"prompt":[{"role":"user","content":"a"}],"responses":["b"]}""")))
        .containsExactly("user:a|assistant:b");
  }

  @Test
  void takesMessagesAndListsOfThemForResponses() {
    Row row =
        row(
            CANDIDATES,
            """
            {"prompt":"a","responses":["b",{"role":"assistant","content":"c"},\
            [{"role":"user","content":"a"},{"role":"assistant","content":"d"}],[\
            {"role":"assistant","content":"e"},{"role":"tool","content":"f"},\
            {"role":"assistant","content":"g"}]]}""");

    assertThat(outline(row))
        .containsExactly(
            "user:a|assistant:b",
            "user:a|assistant:c",
            "user:a|assistant:d",
            "user:a|assistant:e|tool:f|assistant:g");
  }

  @Test
  void writesNullWhereAResponseIsNull() {
    Row row = row(CANDIDATES, "{\"prompt\": \"a\", \"responses\": [null, \"b\", null, \"c\"]}");

    assertThat(outline(row)).containsExactly("user:a|assistant:b", "user:a|assistant:c");
    assertThat(row.notes()).containsExactly(RowNote.of(RowNote.Kind.NULL_ANSWER));
    assertThat(enriched(row, "1.5", "2.5"))
        .isEqualTo(
            "{\"prompt\": \"a\", \"responses\": [null, \"b\", null, \"c\"],"
                + " \"rewards\": [null, 1.5, null, 2.5]}");
  }

  @Test
  void rejectsResponsesThatAreNoAnswers() {
    assertMalformed(
        CANDIDATES,
        "{\"prompt\":\"a\",\"responses\":[\"b\",7]}",
        "wrong-type",
        "responses[1]: expected a string or a list of messages, found a number");
    assertMalformed(
        CANDIDATES,
        "{\"prompt\":\"a\",\"responses\":[null,null]}",
        "nothing-to-score",
        "responses: expected at least one response, found only null");
    assertMalformed(
        CANDIDATES,
        "{\"prompt\":\"a\",\"responses\":[[]]}",
        "empty-conversation",
        "responses[0]: expected messages, found none");
    assertMalformed(
        CANDIDATES,
        "{\"prompt\":\"a\",\"responses\":\"b\"}",
        "wrong-type",
        "responses: expected a list of answers, found a string");
    assertMalformed(
        CANDIDATES,
        "{\"prompt\":\"a\",\"responses\":[]}",
        "nothing-to-score",
        "responses: expected at least one response, found none");
  }
}
