package io.touchstone.conversation.format;

import static io.touchstone.conversation.format.FormatTable.HELPSTEER2;
import static io.touchstone.conversation.format.FormatTable.MESSAGES;
import static io.touchstone.conversation.format.FormatTable.STEERLM;
import static io.touchstone.conversation.format.Lines.assertMalformed;
import static io.touchstone.conversation.format.Lines.outline;
import static io.touchstone.conversation.format.Lines.row;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.line.MalformedRow;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowNote;
import io.touchstone.conversation.line.RowPrinciples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RowColumnsTest {

  private static final String FIELDS = "\"prompt\":\"a\",\"response\":\"b\"";
  private static final String TOOL = "{\"name\":\"f\",\"parameters\":{\"n\":null,\"x\":[1]}}";

  private static String with(String columns) {
    return "{" + columns + "," + FIELDS + "}";
  }

  private static List<String> notes(Row row) {
    return row.notes().stream().map(RowNote::name).toList();
  }

  private static Row read(RowFormat format, ReadRules rules, String line) {
    return (Row) new RowReader(format, rules, ScoreFields.OWN).read(line.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"system\":\"s\"",
        "\"system_prompt\":\"s\"",
        "\"system\":\"s\",\"system_prompt\":\"s\"",
        "\"system\":\"s\",\"system_prompt\":null",
        "\"system\":\"\",\"system_prompt\":\"s\""
      })
  void aSystemColumnIsTheSystemsTurn(String columns) {
    Row row = row(HELPSTEER2, with(columns));

    assertThat(outline(row)).containsExactly("system:s|user:a|assistant:b");
    assertThat(notes(row)).containsExactly("system-column");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"system\":\"\"", "\"system\":null", "\"system_prompt\":\"\""})
  void anEmptyOneIsAbsent(String columns) {
    Row row = row(HELPSTEER2, with(columns));

    assertThat(outline(row)).containsExactly("user:a|assistant:b");
    assertThat(notes(row)).isEmpty();
  }

  @Test
  void twoThatDifferAreAmbiguous() {
    assertMalformed(
        HELPSTEER2,
        with("\"system\":\"s\",\"system_prompt\":\"t\""),
        "ambiguous",
        "system_prompt: expected the same text as in system, found another: either may be meant"
            + " (--format NAME --map system_prompt= leaves one unread, --no-system-column both)");
  }

  @ParameterizedTest
  @CsvSource({"system, 0", "developer, 0", "system, 1"})
  void oneBesideAnotherSystemsTurnIsAmbiguous(String role, int at) {
    String said = "{\"role\":\"%s\",\"content\":\"t\"}".formatted(role);
    String user = "{\"role\":\"user\",\"content\":\"a\"}";
    assertMalformed(
        MESSAGES,
        "{\"system\":\"s\",\"messages\":[%s,%s,{\"role\":\"assistant\",\"content\":\"b\"}]}"
            .formatted(at == 0 ? said : user, at == 0 ? user : said),
        "ambiguous",
        "system: expected the only system turn, or the same text as the first turn's, found another"
            + " system turn in messages: either may be meant (--no-system-column leaves the column"
            + " unread)");
  }

  @Test
  void oneThatSaysTheSameAsTheFirstTurnIsSaidOnce() {
    assertThat(
            outline(
                row(
                    MESSAGES,
                    "{\"system\":\"s\",\"messages\":[{\"role\":\"system\",\"content\":\"s\"},"
                        + "{\"role\":\"user\",\"content\":\"a\"},"
                        + "{\"role\":\"assistant\",\"content\":\"b\"}]}")))
        .containsExactly("system:s|user:a|assistant:b");
  }

  @Test
  void whatIsNoTextIsRefused() {
    assertMalformed(
        HELPSTEER2,
        with("\"system\":[\"s\"]"),
        "wrong-type",
        "system: expected a string (--no-system-column leaves the field unread), found a list");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[%s]", "\"[%s]\""})
  void toolsAreAListOrJsonTextOfOne(String list) {
    String tool = list.startsWith("\"") ? TOOL.replace("\"", "\\\"") : TOOL;
    Row row = row(HELPSTEER2, with("\"tools\":" + list.formatted(tool)));

    assertThat(row.conversations().get(0).tools())
        .hasSize(1)
        .first()
        .hasToString("{name=f, parameters={n=null, x=[1]}}");
    assertThat(notes(row)).containsExactly("tools");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"[]\"", "\"\"", "\" \"", "null"})
  void noToolsAreAbsent(String tools) {
    Row row = row(HELPSTEER2, with("\"tools\":" + tools));

    assertThat(row.conversations().get(0).tools()).isEmpty();
    assertThat(notes(row)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"f\"} | an object",
        "7 | a number",
        "[\"f\"] | a list with something else in it",
        "[null] | a list with something else in it",
        "\"f\" | another text",
        "\"{}\" | another text",
        "\"[{}] []\" | another text",
        "\"null\" | another text"
      })
  void whatAreNoToolsIsRefused(String tools, String found) {
    assertMalformed(
        HELPSTEER2,
        with("\"tools\":" + tools),
        "wrong-type",
        "tools: expected a list of tools, each an object, or JSON text of one (--no-tools leaves the"
            + " field unread), found "
            + found);
  }

  @Test
  void eachMayBeLeftUnread() {
    String line = with("\"system\":\"s\",\"system_prompt\":7,\"tools\":[" + TOOL + "]");
    Row noSystem =
        read(HELPSTEER2, new ReadRules(ScoredTurns.LAST, false, true, TurnMarkers.TURNS), line);
    assertThat(outline(noSystem)).containsExactly("user:a|assistant:b");
    assertThat(noSystem.conversations().get(0).tools()).hasSize(1);

    Row noTools =
        read(
            HELPSTEER2,
            new ReadRules(ScoredTurns.LAST, true, false, TurnMarkers.TURNS),
            with("\"system\":\"s\",\"tools\":7"));
    assertThat(outline(noTools)).containsExactly("system:s|user:a|assistant:b");
    assertThat(noTools.conversations().get(0).tools()).isEmpty();
  }

  @Test
  void nemosOwnPromptHasNoPlaceForThem() {
    Row row =
        read(
            HELPSTEER2,
            ReadRules.ALL.forSteerLm(),
            with("\"system\":\"s\",\"tools\":[" + TOOL + "]"));

    assertThat(outline(row)).containsExactly("user:a|assistant:b");
    assertThat(row.conversations().get(0).tools()).isEmpty();
    assertThat(row.notes()).isEmpty();
  }

  @Test
  void reachEveryConversationOfEveryFormat() {
    String columns = "{\"system\":\"s\",\"tools\":[" + TOOL + "],";
    for (Map.Entry<RowFormat, String> each :
        Map.of(
                STEERLM,
                "\"mask\":\"U\",\"conversations\":[{\"from\":\"U\",\"value\":\"a\"},"
                    + "{\"from\":\"A\",\"value\":\"b\",\"label\":\"\"}]}",
                FormatTable.CANDIDATES,
                "\"prompt\":\"a\",\"responses\":[\"b\"]}",
                FormatTable.ARENA_55K,
                "\"prompt\":[\"a\"],\"response_a\":[\"b\"],\"response_b\":[\"b\"]}",
                FormatTable.NUMBERED,
                "\"prompt\":\"a\",\"response_1\":\"b\",\"response_2\":\"b\"}",
                FormatTable.SHAREGPT,
                "\"conversations\":[{\"from\":\"human\",\"value\":\"a\"},"
                    + "{\"from\":\"gpt\",\"value\":\"b\"}]}",
                FormatTable.MS_SWIFT,
                "\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
                    + "{\"role\":\"assistant\",\"content\":\"b\"}],\"rejected_response\":\"b\"}")
            .entrySet()) {
      Row row = row(each.getKey(), columns + each.getValue());
      assertThat(outline(row)).as(each.getKey().word()).containsOnly("system:s|user:a|assistant:b");
      assertThat(row.conversations()).allSatisfy(one -> assertThat(one.tools()).hasSize(1));
    }
  }

  @Test
  void principlesAreReadWhereTheyAreAskedForAndElseAreColumnsLikeOthers() {
    String line = "{\"prompt\":\"a\",\"response\":\"b\",\"principle\":1,\"principles\":{}}";
    assertThat(read(HELPSTEER2, ReadRules.ALL, line).principles()).isEmpty();
    ReadRules asked = ReadRules.ALL.with(PrincipleColumns.READ);
    assertThat(new RowReader(HELPSTEER2, asked, ScoreFields.OWN).read(line.getBytes(UTF_8)))
        .isEqualTo(new MalformedRow("wrong-type", "principle: expected a string, found a number"));
    assertThat(
            ((Row)
                    read(
                        HELPSTEER2,
                        asked,
                        "{\"prompt\":\"a\",\"response\":\"b\",\"principles\":\"[\\\"x\\\", \\\"y\\\"]\"}"))
                .principles())
        .contains(new RowPrinciples(List.of("x", "y"), RowPrinciples.Shape.LIST));
    assertThat(
            ((Row)
                    read(
                        HELPSTEER2.mapped(FieldMap.parse("principle=rubric.text,principles=")),
                        asked,
                        "{\"prompt\":\"a\",\"response\":\"b\",\"rubric\":{\"text\":\"x\"},\"principles\":[\"y\"]}"))
                .principles())
        .contains(new RowPrinciples(List.of("x"), RowPrinciples.Shape.ONE));
  }

  @Test
  void plansKeepTheRules() {
    for (ReadRules rules :
        List.of(
            ReadRules.ALL,
            ReadRules.ALL.forSteerLm(),
            new ReadRules(ScoredTurns.ALL, false, true, TurnMarkers.TURNS),
            new ReadRules(ScoredTurns.ALL, true, false, TurnMarkers.TEXT),
            ReadRules.ALL.with(PrincipleColumns.READ),
            ReadRules.ALL.with(PrincipleColumns.REQUIRED))) {
      assertThat(ReadRules.of(rules.settings())).isEqualTo(rules);
    }
    assertThat(ReadRules.ALL.settings()).containsExactly(Map.entry("turns", "last"));
  }
}
