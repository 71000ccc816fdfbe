package io.touchstone.conversation.format;

import static io.touchstone.conversation.format.FormatTable.CANDIDATES;
import static io.touchstone.conversation.format.Lines.assertMalformed;
import static io.touchstone.conversation.format.Lines.enriched;
import static io.touchstone.conversation.format.Lines.outline;
import static io.touchstone.conversation.format.Lines.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.line.Row;
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
  void rejectsResponsesThatAreNoTexts() {
    assertMalformed(
        CANDIDATES,
        "{\"prompt\":\"a\",\"responses\":[\"b\",{\"role\":\"assistant\",\"content\":\"c\"}]}",
        "wrong-type",
        "responses[1]: expected a string, found an object");
    assertMalformed(
        CANDIDATES,
        "{\"prompt\":\"a\",\"responses\":\"b\"}",
        "wrong-type",
        "responses: expected a list of strings, found a string");
    assertMalformed(
        CANDIDATES,
        "{\"prompt\":\"a\",\"responses\":[]}",
        "nothing-to-score",
        "responses: expected at least one response, found none");
  }
}
