package io.touchstone.conversation.format;

import static io.touchstone.conversation.format.FormatTable.PREFERENCE_LISTS;
import static io.touchstone.conversation.format.Lines.assertMalformed;
import static io.touchstone.conversation.format.Lines.enriched;
import static io.touchstone.conversation.format.Lines.outline;
import static io.touchstone.conversation.format.Lines.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.line.Row;
import org.junit.jupiter.api.Test;

final class PreferenceListsFormatTest {

  @Test
  void scoresEachAnswerOfBothListsIntoListsOfTheirLengths() {
    Row row =
        row(
            PREFERENCE_LISTS,
            "{\"prompt\": \"a\", \"chosen\": [\"b\"], \"rejected\": [\"c\", \"d\", \"e\"]}");

    assertThat(outline(row))
        .containsExactly(
            "user:a|assistant:b", "user:a|assistant:c", "user:a|assistant:d", "user:a|assistant:e");
    assertThat(enriched(row, "1.0", "2.0", "3.0", "4.0"))
        .isEqualTo(
            "{\"prompt\": \"a\", \"chosen\": [\"b\"], \"rejected\": [\"c\", \"d\", \"e\"],"
                + " \"score_chosen\": [1.0], \"score_rejected\": [2.0, 3.0, 4.0]}");
  }

  @Test
  void replacesScoresWhereTheyStand() {
    Row row =
        row(
            PREFERENCE_LISTS,
            "{\"score_rejected\":null,\"prompt\":\"a\",\"chosen\":[\"b\"],\"rejected\":[\"c\"]}");

    assertThat(enriched(row, "1.0", "2.0"))
        .isEqualTo(
            "{\"score_rejected\":[2.0],\"prompt\":\"a\",\"chosen\":[\"b\"],\"rejected\":[\"c\"],"
                + "\"score_chosen\":[1.0]}");
  }

  @Test
  void rejectsASideThatIsNoListOfTexts() {
    assertMalformed(
        PREFERENCE_LISTS,
        "{\"prompt\":\"a\",\"chosen\":\"b\",\"rejected\":[\"c\"]}",
        "wrong-type",
        "chosen: expected a list of answers, found a string");
    assertMalformed(
        PREFERENCE_LISTS,
        "{\"prompt\":\"a\",\"chosen\":[\"b\"],\"rejected\":[]}",
        "nothing-to-score",
        "rejected: expected at least one answer, found none");
  }
}
