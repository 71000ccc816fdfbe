package io.touchstone.conversation.format;

import static io.touchstone.conversation.format.FormatTable.JUDGEBENCH;
import static io.touchstone.conversation.format.Lines.assertMalformed;
import static io.touchstone.conversation.format.Lines.enriched;
import static io.touchstone.conversation.format.Lines.outline;
import static io.touchstone.conversation.format.Lines.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.line.Row;
import org.junit.jupiter.api.Test;

final class JudgeBenchFormatTest {

  @Test
  void scoresBothResponsesToTheQuestion() {
    Row row =
        row(
            JUDGEBENCH,
            "{\"question\": \"a\", \"response_A\": \"b\", \"response_B\": \"c\", \"label\": \"A>B\"}");

    assertThat(outline(row)).containsExactly("user:a|assistant:b", "user:a|assistant:c");
    assertThat(enriched(row, "1.0", "2.0")).endsWith(", \"score_A\": 1.0, \"score_B\": 2.0}");
  }

  @Test
  void rejectsARowWithoutOneOfTheResponses() {
    assertMalformed(
        JUDGEBENCH,
        "{\"question\": \"a\", \"response_A\": \"b\"}",
        "missing-field",
        "response_B: expected a string or a list of messages, found no such field");
  }
}
