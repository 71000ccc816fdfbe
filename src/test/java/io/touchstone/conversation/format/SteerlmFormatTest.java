package io.touchstone.conversation.format;

import static io.touchstone.conversation.format.FormatTable.STEERLM;
import static io.touchstone.conversation.format.Lines.assertMalformed;
import static io.touchstone.conversation.format.Lines.enriched;
import static io.touchstone.conversation.format.Lines.outline;
import static io.touchstone.conversation.format.Lines.row;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.line.MalformedRow;
import io.touchstone.conversation.line.Row;
import org.junit.jupiter.api.Test;

final class SteerlmFormatTest {

  @Test
  void scoresEachLabelledTurnThatIsNotTheMasks() {
    Row row =
        row(
            STEERLM,
            """
            {"conversations": [{"value": "a", "from": "U", "label": "x:1"}, \
            {"value": "b", "from": "A", "label": ""}, {"from": "B", "value": "c"}, \
            {"value": "d", "from": "A", "label": null}, {"label": 7, "value": "e", "from": "A"}], \
            "system": "", "mask": "U"}""");

    assertThat(row.writesLabels()).isTrue();
    assertThat(outline(row))
        .containsExactly(
            "user:a|assistant:b", "user:a|assistant:b|assistant:c|assistant:d|assistant:e");
    assertThat(enriched(row, "\"helpfulness:3\"", "\"helpfulness:0\""))
        .isEqualTo(
            """
            {"conversations": [{"value": "a", "from": "U", "label": "x:1"}, \
            {"value": "b", "from": "A", "label": "helpfulness:3"}, {"from": "B", "value": "c"}, \
            {"value": "d", "from": "A", "label": null}, \
            {"label": "helpfulness:0", "value": "e", "from": "A"}], \
            "system": "", "mask": "U"}""");
  }

  @Test
  void putsSystemInFrontWhereverItStands() {
    Row row =
        row(
            STEERLM,
            """
            {"mask":"U","conversations":[{"from":"A","value":"é","label":"helpfulness:-1"}],\
            "system":"Be kind."}""");

    assertThat(outline(row)).containsExactly("system:Be kind.|assistant:é");
    assertThat(enriched(row, "\"helpfulness:-4.78125\""))
        .isEqualTo(
            """
            {"mask":"U","conversations":[{"from":"A","value":"é","label":"helpfulness:-4.78125"}],\
            "system":"Be kind."}""");
  }

  @Test
  void takesNullForNoSystem() {
    assertThat(
            outline(
                row(
                    STEERLM,
                    """
                    {"system":null,"mask":"U","conversations":[{"from":"A","value":"b","label":1}]}\
                    """)))
        .containsExactly("assistant:b");
  }

  @Test
  void rejectsRowsWithoutConversationsOrMask() {
    assertMalformed(
        STEERLM,
        "{\"mask\":\"U\"}",
        "missing-field",
        "conversations: expected a list of turns, found no such field");
    assertMalformed(
        STEERLM,
        "{\"conversations\":[{\"from\":\"A\",\"value\":\"b\",\"label\":\"\"}]}",
        "missing-field",
        "mask: expected a string, found no such field");
    assertMalformed(
        STEERLM,
        "{\"conversations\":\"none\"}",
        "wrong-type",
        "conversations: expected a list of turns, found a string");
    assertMalformed(
        STEERLM,
        "{\"conversations\":[],\"mask\":\"U\"}",
        "empty-conversation",
        "conversations: expected turns, found none");
    assertMalformed(
        STEERLM,
        "{\"conversations\":[1],\"mask\":\"U\"}",
        "wrong-type",
        "conversations[0]: expected a turn, an object with from and value, found a number");
  }

  @Test
  void rejectsTurnsWithoutSpeakerOrText() {
    assertMalformed(
        STEERLM,
        "{\"conversations\":[{\"from\":\"A\",\"value\":\"b\"},{\"value\":\"b\"}],\"mask\":\"U\"}",
        "missing-field",
        "conversations[1].from: expected a string, found no such field");
    assertMalformed(
        STEERLM,
        "{\"conversations\":[{\"from\":\"A\"}],\"mask\":\"U\"}",
        "missing-field",
        "conversations[0].value: expected a string, found no such field");
    assertMalformed(
        STEERLM,
        "{\"conversations\":[{\"from\":\"A\",\"value\":null}],\"mask\":\"U\"}",
        "wrong-type",
        "conversations[0].value: expected a string, found null");
  }

  @Test
  void rejectsASystemThatIsNoString() {
    assertMalformed(
        STEERLM,
        "{\"conversations\":[{\"from\":\"A\",\"value\":\"b\",\"label\":\"\"}],\"mask\":\"U\","
            + "\"system\":true}",
        "wrong-type",
        "system: expected a string (--no-system-column leaves the field unread), found a boolean");
  }

  @Test
  void rejectsRowsWithoutALabelledAssistantTurn() {
    assertMalformed(
        STEERLM,
        "{\"conversations\":[{\"from\":\"U\",\"value\":\"a\",\"label\":\"x:1\"},"
            + "{\"from\":\"A\",\"value\":\"b\",\"label\":null}],\"mask\":\"U\"}",
        "nothing-to-score",
        "conversations: expected a turn that is not from mask and has a label, found none in 2"
            + " turns: write \"label\": \"\" into those to score, or score all with --turns all");
  }

  @Test
  void scoresEveryTurnThatIsNotTheMasksIfAskedTo() {
    String line =
        """
        {"conversations": [{"value": "a", "from": "U", "label": "x:1"}, \
        {"value": "b", "from": "A"}, {"from": "B", "value": "c", "label": null}, \
        {"label": 7, "value": "d", "from": "A"}], "mask": "U"}""";
    Row row = row(STEERLM, ScoredTurns.ALL, line);

    assertThat(outline(row))
        .containsExactly(
            "user:a|assistant:b",
            "user:a|assistant:b|assistant:c",
            "user:a|assistant:b|assistant:c|assistant:d");
    assertThat(enriched(row, "\"h:1\"", "\"h:2\"", "\"h:3\""))
        .isEqualTo(
            line.replace("\"b\", \"from\": \"A\"}", "\"b\", \"from\": \"A\", \"label\": \"h:1\"}")
                .replace("null", "\"h:2\"")
                .replace("7", "\"h:3\""));
  }

  @Test
  void rejectsRowsOfTheMaskAloneAlsoIfAllIsAsked() {
    assertThat(
            new RowReader(STEERLM, ReadRules.of(ScoredTurns.ALL), ScoreFields.OWN)
                .read(
                    "{\"conversations\":[{\"from\":\"U\",\"value\":\"a\"}],\"mask\":\"U\"}"
                        .getBytes(UTF_8)))
        .isEqualTo(
            new MalformedRow(
                "nothing-to-score",
                "conversations: expected a turn that is not from mask, found none in 1 turns"));
  }

  @Test
  void rejectsASecondLabelInOneTurn() {
    assertMalformed(
        STEERLM,
        "{\"conversations\":[{\"from\":\"A\",\"value\":\"b\",\"label\":null,\"label\":\"\"}],"
            + "\"mask\":\"U\"}",
        "duplicate-field",
        "conversations[0].label: expected the field once, found it twice");
  }

  @Test
  void sharesTheTurnsOfALongConversation() {
    int turns = 50_000;
    String turn = "{\"from\":\"A\",\"value\":\"b\",\"label\":\"\"}";
    Row row =
        row(
            STEERLM,
            "{\"mask\":\"U\",\"conversations\":[" + (turn + ",").repeat(turns - 1) + turn + "]}");

    assertThat(row.conversations()).hasSize(turns);
    assertThat(row.conversations().get(turns - 1).turns()).hasSize(turns);
    assertThat(row.conversations().get(2).turns())
        .isEqualTo(row.conversations().get(turns - 1).turns().subList(0, 3));
  }
}
