package io.touchstone.conversation.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.MalformedRow;
import io.touchstone.conversation.line.ParsedLine;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowNote;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EditsTest {
  private static final RowReader READER = new RowReader(FormatTable.EDITS);

  private static ParsedLine read(String line) {
    return READER.read(line.getBytes(UTF_8));
  }

  private static Row row(String line) {
    ParsedLine read = read(line);
    assertThat(read).isInstanceOf(Row.class);
    return (Row) read;
  }

  private static String enriched(String line, String... rewards) {
    return new String(Lines.enriched(row(line), List.of(rewards)), UTF_8);
  }

  @Test
  void scoresTheEditsAlone() {
    Row row =
        row(
            "{\"prompt\": \"Hi\", \"responses\": [\"a\", \"b\"], \"rewards\": [1, 2], \"edits\":"
                + " [\"c\", \"d\"]}");
    assertThat(row.conversations())
        .extracting(each -> each.turns().stream().map(Turn::text).toList())
        .containsExactly(List.of("Hi", "c"), List.of("Hi", "d"));
  }

  @Test
  void aBetterEditTakesThePlaceOfTheBestResponse() {
    assertThat(
            enriched(
                "{\"prompt\":\"Hi\",\"responses\":[\"a\",\"b\"],\"rewards\":[1,2.50],\"edits\":[\"c\",\"d\"],\"x\":1}",
                "2.4",
                "2.75"))
        .isEqualTo(
            "{\"prompt\":\"Hi\",\"responses\":[\"a\",\"b\",\"c\",\"d\"],\"rewards\":[1,2.50,2.4,2.75],"
                + "\"edits\":[\"c\",\"d\"],\"x\":1,\"response\":\"d\",\"reward\":2.75,\"stage\":\"edit\"}");
  }

  @Test
  void ofEqualRewardsTheResponseStaysAndTheFirstOneDoes() {
    assertThat(
            enriched(
                "{\"prompt\": \"Hi\", \"responses\": [\"a\", \"b\", null], \"rewards\": [2.5, 2.50, null],"
                    + " \"edits\": [\"c\"]}",
                "2.500"))
        .isEqualTo(
            "{\"prompt\": \"Hi\", \"responses\": [\"a\", \"b\", null, \"c\"], \"rewards\": [2.5, 2.50,"
                + " null, 2.500], \"edits\": [\"c\"], \"response\": \"a\", \"reward\": 2.5, \"stage\":"
                + " \"response\"}");
  }

  @Test
  void anEditThatIsTheResponseHasItsRewardAndANullOneNone() {
    String line =
        "{\"prompt\":\"Hi\",\"responses\":[\"b\"],\"rewards\":[2],\"edits\":[\"b\",null,\"\"]}";
    Row row = row(line);
    assertThat(row.conversations()).hasSize(1);
    assertThat(row.notes())
        .containsExactly(
            RowNote.of(RowNote.Kind.UNCHANGED_EDIT), RowNote.of(RowNote.Kind.NULL_ANSWER));
    assertThat(enriched(line, "-1.0"))
        .isEqualTo(
            "{\"prompt\":\"Hi\",\"responses\":[\"b\",\"b\",null,\"\"],\"rewards\":[2,2,null,-1.0],"
                + "\"edits\":[\"b\",null,\"\"],\"response\":\"b\",\"reward\":2,\"stage\":\"response\"}");
  }

  @Test
  void aRowWithoutEditsIsWrittenWithItsResponse() {
    for (String edits : List.of("", ",\"edits\":null", ",\"edits\":[]", ",\"edits\":[null]")) {
      String line = "{\"prompt\":\"Hi\",\"responses\":[\"b\"],\"rewards\":[2]" + edits + "}";
      Row row = row(line);
      assertThat(row.conversations()).isEmpty();
      assertThat(row.notes()).contains(RowNote.of(RowNote.Kind.NO_EDIT));
      assertThat(enriched(line))
          .endsWith(",\"response\":\"b\",\"reward\":2,\"stage\":\"response\"}");
    }
  }

  @Test
  void listsBesideTheResponsesGrowWithThem() {
    assertThat(
            enriched(
                "{\"prompt\":\"Hi\",\"responses\":[\"b\"],\"thoughts\":[null],\"finishes\":[\"eos\"],"
                    + "\"token_counts\":[3],\"logprob_sums\":[-1.5],\"rewards\":[2],\"edits\":[\"c\"],"
                    + "\"edits_thoughts\":[\"t\"],\"edits_finishes\":[\"length\"],"
                    + "\"edits_token_counts\":[4]}",
                "1.0"))
        .contains(
            "\"thoughts\":[null,\"t\"],\"finishes\":[\"eos\",\"length\"],"
                + "\"token_counts\":[3,4],\"logprob_sums\":[-1.5,null],\"rewards\":[2,1.0]");
  }

  @Test
  void whatHasNoRewardsIsRefused() {
    assertThat(reason("{\"prompt\":\"Hi\",\"responses\":[\"b\"],\"edits\":[\"c\"]}"))
        .isEqualTo(
            "missing-field rewards: expected a list with a reward for each response, found no such"
                + " field");
    assertThat(
            reason(
                "{\"prompt\":\"Hi\",\"responses\":[\"b\",\"c\"],\"rewards\":[1],\"edits\":[\"c\"]}"))
        .isEqualTo("wrong-length rewards: expected 2 rewards, found 1");
    assertThat(
            reason(
                "{\"prompt\":\"Hi\",\"responses\":[\"b\"],\"rewards\":[null],\"edits\":[\"c\"]}"))
        .isEqualTo("wrong-type rewards[0]: expected a number, found null");
    assertThat(
            reason("{\"prompt\":\"Hi\",\"responses\":[null],\"rewards\":[null],\"edits\":[\"c\"]}"))
        .isEqualTo("nothing-to-score rewards: expected at least one reward, found only null");
    assertThat(
            reason(
                "{\"prompt\":\"Hi\",\"responses\":[\"b\"],\"rewards\":[{\"a\":1}],\"edits\":[\"c\"]}"))
        .isEqualTo("wrong-type rewards[0]: expected a number, found an object");
  }

  private static String reason(String line) {
    ParsedLine read = read(line);
    assertThat(read).isInstanceOf(MalformedRow.class);
    MalformedRow bad = (MalformedRow) read;
    return bad.kind() + " " + bad.reason();
  }

  @Test
  void isNeverTakenForCandidatesThatAreMeant() {
    byte[] generated =
        ("{\"prompt\":\"Hi\",\"responses\":[\"b\"],\"thoughts\":[null],\"finishes\":[\"eos\"],"
                + "\"token_counts\":[3],\"logprob_sums\":[-1.5],\"rewards\":[2],\"edits\":[\"c\"]}")
            .getBytes(UTF_8);
    assertThat(FormatDetector.detect(List.of(generated)))
        .isEqualTo(new Detection.Detected(FormatTable.CANDIDATES));
    assertThat(RowFormat.named("edits")).contains(FormatTable.EDITS);
    assertThat(RowFormat.planned("EDITS")).isSameAs(FormatTable.EDITS);
  }
}
