package io.touchstone.conversation.format;

import static io.touchstone.conversation.format.FormatTable.SHAREGPT;
import static io.touchstone.conversation.format.Lines.assertMalformed;
import static io.touchstone.conversation.format.Lines.enriched;
import static io.touchstone.conversation.format.Lines.outline;
import static io.touchstone.conversation.format.Lines.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.line.Row;
import org.junit.jupiter.api.Test;

final class ShareGptFormatTest {

  private static final String CHAT =
      """
      {"id": 1, "conversations": [{"from": "system", "value": "s"}, {"from": "human", "value": "a"}, \
      {"from": "gpt", "value": "b"}, {"from": "user", "value": "c"}, \
      {"from": "chatgpt", "value": "d"}, {"value": "e", "from": "assistant"}]}""";

  @Test
  void translatesTheSpeakers() {
    Row row = row(SHAREGPT, CHAT);

    assertThat(outline(row))
        .containsExactly("system:s|user:a|assistant:b|user:c|assistant:d|assistant:e");
    assertThat(enriched(row, "0.5")).isEqualTo(CHAT.replace("]}", "], \"reward\": 0.5}"));
  }

  @Test
  void scoresEveryAssistantTurnIfAskedTo() {
    Row row = row(SHAREGPT, ScoredTurns.ALL, CHAT);

    assertThat(outline(row)).hasSize(3);
    assertThat(enriched(row, "0.5", "1.5", "2.5"))
        .isEqualTo(CHAT.replace("]}", "], \"rewards\": [0.5, 1.5, 2.5]}"));
  }

  @Test
  void rejectsSpeakersThatItDoesNotKnow() {
    String expected =
        "conversations[1].from: expected human, user, gpt, assistant, chatgpt, bot, system,"
            + " function_call, observation or tool, found ";
    String line =
        "{\"conversations\":[{\"from\":\"human\",\"value\":\"a\"},{\"from\":\"%s\",\"value\":\"b\"}]}";
    assertMalformed(SHAREGPT, line.formatted("narrator"), "unknown-speaker", expected + "narrator");
    assertMalformed(
        SHAREGPT, line.formatted("my secret is out"), "unknown-speaker", expected + "another text");
  }

  @Test
  void rejectsRowsWithoutAnAssistantTurn() {
    assertMalformed(
        SHAREGPT,
        "{\"conversations\":[{\"from\":\"human\",\"value\":\"a\"}]}",
        "nothing-to-score",
        "conversations: expected an assistant turn, found none in 1 turns");
    assertMalformed(
        SHAREGPT,
        "{\"conversations\":[]}",
        "empty-conversation",
        "conversations: expected turns, found none");
  }
}
