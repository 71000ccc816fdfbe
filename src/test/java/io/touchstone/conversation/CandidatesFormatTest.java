package io.touchstone.conversation;

import static io.touchstone.conversation.Lines.assertMalformed;
import static io.touchstone.conversation.Lines.enriched;
import static io.touchstone.conversation.Lines.outline;
import static io.touchstone.conversation.Lines.row;
import static io.touchstone.conversation.RowFormat.CANDIDATES;
import static org.assertj.core.api.Assertions.assertThat;

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
