package io.touchstone.conversation.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.conversation.line.Accompanied;
import io.touchstone.conversation.line.MalformedRow;
import io.touchstone.conversation.line.ParsedLine;
import io.touchstone.conversation.line.Row;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScoreFieldsTest {

  private static final ScoreFields MINE = new ScoreFields("mine", null);

  private static String enriched(RowFormat format, ScoreFields fields, String line) {
    ParsedLine parsed = new RowReader(format, ReadRules.ALL, fields).read(line.getBytes(UTF_8));
    assertThat(parsed).isInstanceOf(Row.class);
    Row row = (Row) parsed;
    List<Accompanied<String>> texts = new ArrayList<>();
    for (int i = 1; i <= row.conversations().size(); i++) {
      texts.add(
          new Accompanied<>(
              row.writesLabels() ? "\"x:" + i + "\"" : i + ".5",
              fields.scalar() == null ? List.of() : List.of("-" + i)));
    }
    return new String(row.enrich(texts), UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "HELPSTEER2|{\"prompt\":\"p\",\"response\":\"r\"|\"mine\":1.5}",
        "HELPSTEER3|{\"context\":[{\"role\":\"user\",\"content\":\"c\"}],\"response1\":\"a\","
            + "\"response2\":\"b\"|\"mine1\":1.5,\"mine2\":2.5}",
        "MESSAGES|{\"messages\":[{\"role\":\"assistant\",\"content\":\"c\"}]|\"mine\":1.5}",
        "SHAREGPT|{\"conversations\":[{\"from\":\"gpt\",\"value\":\"c\"}]|\"mine\":1.5}",
        "CANDIDATES|{\"prompt\":\"p\",\"responses\":[\"a\",\"b\"]|\"mine\":[1.5,2.5]}",
        "PREFERENCE|{\"prompt\":\"p\",\"chosen\":\"a\",\"rejected\":\"b\""
            + "|\"chosen_mine\":1.5,\"rejected_mine\":2.5}",
        "BEST_OF_N|{\"input\":\"p\",\"output\":\"r\"|\"mine\":1.5}",
        "PREFERENCE_LISTS|{\"prompt\":\"p\",\"chosen\":[\"a\",\"b\"],\"rejected\":[\"c\"]"
            + "|\"mine_chosen\":[1.5,2.5],\"mine_rejected\":[3.5]}",
        "JUDGEBENCH|{\"question\":\"p\",\"response_A\":\"a\",\"response_B\":\"b\""
            + "|\"mine_A\":1.5,\"mine_B\":2.5}",
      })
  void theWordTakesThePlaceOfTheFormatsOwn(RowFormat format, String row, String written) {
    assertThat(enriched(format, MINE, row + "}")).isEqualTo(row + "," + written);
  }

  @Test
  void steerlmTurnsKeepTheirLabelAndGetAnotherBesideIt() {
    String line =
        "{\"mask\": \"U\", \"conversations\": [{\"from\": \"U\", \"value\": \"é\"},"
            + " {\"from\": \"A\", \"value\": \"b\", \"label\": \"old\"},"
            + " {\"from\": \"A\", \"value\": \"c\", \"label\": null},"
            + " {\"label\": \"\", \"mine\": {\"x\": 1}, \"from\": \"A\", \"value\": \"d\" }]}";
    String once = enriched(FormatTable.STEERLM, MINE, line);
    assertThat(once)
        .isEqualTo(
            "{\"mask\": \"U\", \"conversations\": [{\"from\": \"U\", \"value\": \"é\"},"
                + " {\"from\": \"A\", \"value\": \"b\", \"label\": \"old\", \"mine\": \"x:1\"},"
                + " {\"from\": \"A\", \"value\": \"c\", \"label\": null},"
                + " {\"label\": \"\", \"mine\": \"x:2\", \"from\": \"A\", \"value\": \"d\" }]}");
    assertThat(enriched(FormatTable.STEERLM, new ScoreFields("label", null), line))
        .isEqualTo(enriched(FormatTable.STEERLM, ScoreFields.OWN, line));
    assertThat(enriched(FormatTable.STEERLM, MINE, once)).isEqualTo(once);
  }

  @Test
  void aSteerlmTurnWithTheFieldTwiceIsRejectedByItsPlace() {
    String line =
        "{\"mask\":\"U\",\"conversations\":[{\"from\":\"A\",\"value\":\"d\",\"label\":\"\","
            + "\"mine\":1,\"mine\":2}]}";
    assertThat(new RowReader(FormatTable.STEERLM, ReadRules.ALL, MINE).read(line.getBytes(UTF_8)))
        .isEqualTo(
            new MalformedRow(
                "duplicate-field",
                "conversations[0].mine: expected the field once, found it twice"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "HELPSTEER2|{\"prompt\":\"p\",\"response\":\"r\"|\"reward\":1.5,\"sum\":-1}",
        "HELPSTEER3|{\"context\":[{\"role\":\"user\",\"content\":\"c\"}],\"response1\":\"a\","
            + "\"response2\":\"b\"|\"reward1\":1.5,\"reward2\":2.5,\"sum1\":-1,\"sum2\":-2}",
        "CANDIDATES|{\"prompt\":\"p\",\"responses\":[\"a\",\"b\"]"
            + "|\"rewards\":[1.5,2.5],\"sum\":[-1,-2]}",
        "PREFERENCE_LISTS|{\"prompt\":\"p\",\"chosen\":[\"a\",\"b\"],\"rejected\":[\"c\"]"
            + "|\"score_chosen\":[1.5,2.5],\"score_rejected\":[3.5],"
            + "\"sum_chosen\":[-1,-2],\"sum_rejected\":[-3]}",
        "STEERLM|{\"mask\":\"U\",\"conversations\":[{\"from\":\"A\",\"label\":\"x:1\",\"value\":\"v\""
            + "|\"sum\":-1}]}",
      })
  void aSecondValueStandsBesideEachScore(RowFormat format, String row, String written) {
    String line = row + (format == FormatTable.STEERLM ? "}]}" : "}");
    assertThat(enriched(format, new ScoreFields(null, "sum"), line)).isEqualTo(row + "," + written);
  }

  @Test
  void theScoresOfTwoModelsStandBesideEachOther() {
    String first =
        enriched(
            FormatTable.HELPSTEER2,
            new ScoreFields("a", null),
            "{\"prompt\":\"p\",\"response\":\"r\"}");
    String second = enriched(FormatTable.HELPSTEER2, new ScoreFields("b", null), first);
    assertThat(second).isEqualTo("{\"prompt\":\"p\",\"response\":\"r\",\"a\":1.5,\"b\":1.5}");
    assertThat(enriched(FormatTable.HELPSTEER2, new ScoreFields("a", null), second))
        .as("a field that is there is replaced")
        .isEqualTo(second);
  }

  @Test
  void everyAssistantTurnsScoresAreOneList() {
    RowReader reader = new RowReader(FormatTable.MESSAGES, ReadRules.of(ScoredTurns.ALL), MINE);
    String line = "{\"messages\":[{\"role\":\"assistant\",\"content\":\"c\"}]}";
    Row row = (Row) reader.read(line.getBytes(UTF_8));
    assertThat(Lines.enriched(row, "1.5")).endsWith("],\"mine\":[1.5]}");
  }

  @ParameterizedTest
  @CsvSource({
    "HELPSTEER2, prompt, prompt",
    "HELPSTEER2, messages, messages",
    "HELPSTEER3, response, response1;response2",
    "JUDGEBENCH, response, response_A;response_B",
    "MESSAGES, chosen, chosen",
    "SHAREGPT, mask, mask",
    "STEERLM, value, value",
    "STEERLM, from, from",
    "STEERLM, messages, ",
    "CANDIDATES, instruction, instruction",
    "PREFERENCE, reward, ",
    "PREFERENCE, chosen, ",
  })
  void namesThatMeanSomethingElseInTheRowsClash(RowFormat format, String word, String clashes) {
    ScoreFields fields = new ScoreFields(word, null);
    List<String> expected = clashes == null ? List.of() : List.of(clashes.split(";"));
    assertThat(format.clashes(fields)).isEqualTo(expected);
    if (!expected.isEmpty()) {
      assertThatThrownBy(() -> new RowReader(format, ReadRules.ALL, fields))
          .hasMessageEndingWith("rows leave free, found " + expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HELPSTEER2, reward, reward",
    "CANDIDATES, rewards, rewards",
    "CANDIDATES, reward, ",
    "HELPSTEER3, response, response1;response2",
    "STEERLM, label, label",
    "STEERLM, value, value",
  })
  void aSecondValuesWordMayNotBeTheScoresEither(RowFormat format, String word, String clashes) {
    assertThat(format.clashes(new ScoreFields(null, word)))
        .isEqualTo(clashes == null ? List.of() : List.of(clashes.split(";")));
    assertThat(format.clashes(new ScoreFields("mine", "mine"))).isNotEmpty();
    assertThat(FormatTable.STEERLM.clashes(new ScoreFields("mine", "label")))
        .containsExactly("label");
  }

  @ParameterizedTest
  @FieldSource("io.touchstone.conversation.format.FormatTable#ALL")
  void noFormatsOwnNamesClash(RowFormat format) {
    for (ScoredTurns turns : ScoredTurns.values()) {
      assertThat(format.scoring(turns).clashes(ScoreFields.OWN)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "1st", "a\"b", "a,b", "a=b", "-a"})
  void aWordThatNeedsEscapesIsRefused(String word) {
    assertThatThrownBy(() -> new ScoreFields(word, null))
        .hasMessage(
            "expected a name of at most 100 letters, digits, '_', '.' and '-' that begins with a"
                + " letter or '_', found '"
                + word
                + "'");
  }
}
