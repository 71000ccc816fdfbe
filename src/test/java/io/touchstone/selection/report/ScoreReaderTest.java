package io.touchstone.selection.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.ReadRules;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.ScoredTurns;
import io.touchstone.conversation.line.RowProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ScoreReaderTest {

  private static ScoreReader reader(ScoredTurns turns, ScoreField... fields) {
    return new ScoreReader(List.of(fields), ReadRules.of(turns), "helpfulness");
  }

  private static List<ScoredResponse> read(ScoreReader reader, RowFormat format, String row) {
    return reader.read(row.getBytes(UTF_8), format);
  }

  private static void assertScores(RowFormat format, String row, double... scores) {
    ScoreReader reader = reader(ScoredTurns.LAST, Tallies.USUAL);
    assertThat(read(reader, format, row).stream().mapToDouble(of -> of.scores()[0]))
        .as(format.word())
        .containsExactly(Arrays.stream(scores).boxed().toArray(Double[]::new));
    assertThat(reader.columns()).containsExactly("helpfulness");
  }

  @Test
  void aCandidateWithoutAScoreIsNoResponseAndIsCounted() {
    ScoreReader reader = reader(ScoredTurns.LAST, Tallies.USUAL);
    String row = "{\"prompt\": \"p\", \"responses\": [\"a\", \"b\"], \"rewards\": %s}";
    assertThat(read(reader, FormatTable.CANDIDATES, row.formatted("[null, null]"))).isEmpty();
    assertThat(reader.columns()).isEmpty();
    assertThat(read(reader, FormatTable.CANDIDATES, row.formatted("[null, 2]")))
        .singleElement()
        .satisfies(
            response -> {
              assertThat(response.scores()).containsExactly(2);
              assertThat(response.text()).isEqualTo("b");
            });
    assertThat(read(reader, FormatTable.CANDIDATES, row.formatted("[1, 2]"))).hasSize(2);
    String absent = "{\"prompt\": \"p\", \"responses\": [\"a\", null], \"rewards\": [3, null]}";
    assertThat(read(reader, FormatTable.CANDIDATES, absent))
        .singleElement()
        .satisfies(response -> assertThat(response.text()).isEqualTo("a"));
    assertThat(reader.without()).isEqualTo(4);
  }

  @Test
  void scoresAreReadFromWhereEachFormatHasThem() {
    assertScores(
        FormatTable.HELPSTEER2, "{\"prompt\": \"p\", \"response\": \"r\", \"reward\": -1.5}", -1.5);
    assertScores(FormatTable.BEST_OF_N, "{\"input\": \"p\", \"output\": \"r\", \"reward\": 2}", 2);
    assertScores(
        FormatTable.HELPSTEER3,
        "{\"context\": [{\"role\": \"user\", \"content\": \"p\"}], \"response1\": \"a\","
            + " \"response2\": \"b\", \"reward1\": 1, \"reward2\": 2}",
        1,
        2);
    assertScores(
        FormatTable.MESSAGES,
        "{\"messages\": [{\"role\": \"user\", \"content\": \"p\"}, {\"role\": \"assistant\","
            + " \"content\": \"r\"}], \"reward\": 3}",
        3);
    assertScores(
        FormatTable.SHAREGPT,
        "{\"conversations\": [{\"from\": \"human\", \"value\": \"p\"}, {\"from\": \"gpt\","
            + " \"value\": \"r\"}], \"reward\": 4}",
        4);
    assertScores(
        FormatTable.CANDIDATES,
        "{\"prompt\": \"p\", \"responses\": [\"a\", \"b\"], \"rewards\": [5, 6]}",
        5,
        6);
    assertScores(
        FormatTable.PREFERENCE,
        "{\"prompt\": \"p\", \"chosen\": \"a\", \"rejected\": \"b\", \"rejected_reward\": 8,"
            + " \"chosen_reward\": 7}",
        7,
        8);
    assertScores(
        FormatTable.PREFERENCE_LISTS,
        "{\"prompt\": \"p\", \"chosen\": [\"a\"], \"rejected\": [\"b\", \"c\"], \"score_chosen\":"
            + " [1], \"score_rejected\": [2, 3]}",
        1,
        2,
        3);
    assertScores(
        FormatTable.JUDGEBENCH,
        "{\"question\": \"p\", \"response_A\": \"a\", \"response_B\": \"b\", \"score_A\": 1,"
            + " \"score_B\": 0}",
        1,
        0);
    assertScores(
        FormatTable.STEERLM,
        "{\"mask\": \"User\", \"conversations\": [{\"from\": \"User\", \"value\": \"p\", \"label\":"
            + " null}, {\"from\": \"Bot\", \"value\": \"r\", \"label\": \"helpfulness:2.5\"},"
            + " {\"from\": \"User\", \"value\": \"p\", \"label\": null}, {\"from\": \"Bot\","
            + " \"value\": \"r\", \"label\": null}]}",
        2.5);
  }

  @Test
  void everyAssistantTurnIsReadWhereEachWasScored() {
    ScoreReader reader = reader(ScoredTurns.ALL, Tallies.USUAL);
    List<ScoredResponse> found =
        read(
            reader,
            FormatTable.MESSAGES,
            "{\"messages\": [{\"role\": \"user\", \"content\": \"p\"}, {\"role\": \"assistant\","
                + " \"content\": \"one\"}, {\"role\": \"user\", \"content\": \"q\"}, {\"role\":"
                + " \"assistant\", \"content\": \"three\"}], \"rewards\": [1, 2]}");
    assertThat(found.stream().map(ScoredResponse::length)).containsExactly(3, 5);
    assertThat(found.get(1).question()).isEqualTo("q");
  }

  @Test
  void fieldsOfSeveralModelsStandSideBySide() {
    ScoreReader reader = reader(ScoredTurns.LAST, Tallies.USUAL, ScoreField.named("b"));
    List<ScoredResponse> found =
        read(
            reader,
            FormatTable.PREFERENCE,
            "{\"prompt\": \"p\", \"chosen\": \"a\", \"rejected\": \"b\", \"chosen_reward\": 1,"
                + " \"rejected_reward\": 2, \"chosen_b\": 3, \"rejected_b\": 4}");
    assertThat(reader.columns()).containsExactly("helpfulness", "b");
    assertThat(found.get(0).scores()).containsExactly(1, 3);
    assertThat(found.get(1).scores()).containsExactly(2, 4);
  }

  @Test
  void attributesHaveColumnsWithNamesOfTheirOwn() {
    String scores = "{\"help\\u0007ful\": 1, \"b\": 2}";
    ScoreReader reader = reader(ScoredTurns.LAST, Tallies.USUAL, ScoreField.named("m"));
    List<ScoredResponse> found =
        read(
            reader,
            FormatTable.HELPSTEER2,
            "{\"prompt\": \"p\", \"response\": \"r\", \"reward\": "
                + scores
                + ", \"m\": {\"b\": 3}}");
    assertThat(reader.columns()).containsExactly("help?ful", "b", "m.b");
    assertThat(found.get(0).scores()).containsExactly(1, 2, 3);

    ScoreReader clash = reader(ScoredTurns.LAST, Tallies.USUAL, ScoreField.named("b"));
    read(
        clash,
        FormatTable.HELPSTEER2,
        "{\"prompt\": \"p\", \"response\": \"r\", \"reward\": {\"b\": 1}, \"b\": 2}");
    assertThat(clash.columns()).containsExactly("b", "b.b");
  }

  @Test
  void aLabelOfOneAttributeIsTheSameColumnAsANumberInAnotherFormat() {
    ScoreReader reader = reader(ScoredTurns.LAST, Tallies.USUAL);
    read(reader, FormatTable.HELPSTEER2, "{\"prompt\": \"p\", \"response\": \"r\", \"reward\": 1}");
    assertThat(
            read(
                    reader,
                    FormatTable.STEERLM,
                    "{\"mask\": \"User\", \"conversations\": [{\"from\": \"Bot\", \"value\":"
                        + " \"r\", \"label\": \"helpfulness:2\"}]}")
                .get(0)
                .scores())
        .containsExactly(2);
  }

  @Test
  void aLabelBesideTheOriginalOneIsReadByItsOwnName() {
    ScoreReader reader = reader(ScoredTurns.LAST, ScoreField.named("mine"));
    List<ScoredResponse> found =
        read(
            reader,
            FormatTable.STEERLM,
            "{\"mask\": \"User\", \"conversations\": [{\"from\": \"User\", \"value\": \"p\"},"
                + " {\"from\": \"Bot\", \"value\": \"r\", \"label\": \"quality:1\", \"mine\":"
                + " \"quality:3,toxicity:0\"}]}");
    assertThat(reader.columns()).containsExactly("mine.quality", "mine.toxicity");
    assertThat(found.get(0).scores()).containsExactly(3, 0);
  }

  @Test
  void aRowWithoutItsScoresIsRefusedByTheirPlaceAndWithoutItsText() {
    ScoreReader reader = reader(ScoredTurns.LAST, Tallies.USUAL);
    assertRefused(
        reader,
        "{\"prompt\": \"p\", \"responses\": [\"secret\"]}",
        "rewards: expected a list of scores, found no such field");
    assertRefused(
        reader,
        "{\"prompt\": \"p\", \"responses\": [\"secret\"], \"rewards\": [1, 2]}",
        "rewards: expected 1 scores, found 2");
    assertRefused(
        reader,
        "{\"prompt\": \"p\", \"responses\": [\"secret\"], \"rewards\": [{}]}",
        "rewards[0]: expected a number, found an object");
    assertRefused(
        reader,
        "{\"prompt\": \"p\", \"responses\": [\"secret\"], \"rewards\": [1e39]}",
        "rewards[0]: expected a score that a float holds, found more");
    assertRefused(
        reader,
        "{\"prompt\": \"p\", \"responses\": [\"secret\"], \"rewards\": [\"secret\"]}",
        "rewards[0]: expected a label with a number for each of the first row's attributes, found"
            + " another text");
    assertThat(reader.columns()).isEmpty();
    read(
        reader,
        FormatTable.CANDIDATES,
        "{\"prompt\": \"p\", \"responses\": [\"r\"], \"rewards\": [{\"a\": 1}]}");
    assertRefused(
        reader,
        "{\"prompt\": \"p\", \"responses\": [\"secret\"], \"rewards\": [{\"b\": 1}]}",
        "rewards[0]: expected an object with the first row's attributes, found an object");
  }

  private static void assertRefused(ScoreReader reader, String row, String reason) {
    assertThatThrownBy(() -> read(reader, FormatTable.CANDIDATES, row))
        .isInstanceOf(RowProblem.class)
        .hasMessage(reason);
  }

  @Test
  void aFieldIsShownByItsName() {
    assertThat(Tallies.USUAL.shown()).isEqualTo("reward");
    assertThat(new ScoreField(Optional.of("a")).shown()).isEqualTo("a");
  }
}
