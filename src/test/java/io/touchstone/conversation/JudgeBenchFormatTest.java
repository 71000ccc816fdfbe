package io.touchstone.conversation;

import static io.touchstone.conversation.Lines.assertMalformed;
import static io.touchstone.conversation.Lines.enriched;
import static io.touchstone.conversation.Lines.outline;
import static io.touchstone.conversation.Lines.row;
import static io.touchstone.conversation.RowFormat.JUDGEBENCH;
import static org.assertj.core.api.Assertions.assertThat;

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
        "response_B: expected a string, found no such field");
  }
}
