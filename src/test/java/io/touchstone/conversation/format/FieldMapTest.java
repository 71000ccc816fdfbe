package io.touchstone.conversation.format;

import static io.touchstone.conversation.format.FormatTable.ALPACA;
import static io.touchstone.conversation.format.FormatTable.CANDIDATES;
import static io.touchstone.conversation.format.FormatTable.HELPSTEER2;
import static io.touchstone.conversation.format.FormatTable.NECTAR;
import static io.touchstone.conversation.format.FormatTable.PREFERENCE;
import static io.touchstone.conversation.format.FormatTable.STEERLM;
import static io.touchstone.conversation.format.Lines.assertMalformed;
import static io.touchstone.conversation.format.Lines.enriched;
import static io.touchstone.conversation.format.Lines.outline;
import static io.touchstone.conversation.format.Lines.row;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.touchstone.conversation.line.Row;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FieldMapTest {

  private static RowFormat mapped(RowFormat format, String map) {
    return format.mapped(FieldMap.parse(map));
  }

  private static List<String> lacking(String map, String... lines) {
    return FieldMap.parse(map).lacking(Stream.of(lines).map(line -> line.getBytes(UTF_8)).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x | {\"x\":\"a\"}",
        "o.x | {\"o\":{\"y\":1,\"x\":\"a\"}}",
        "o.p.x | {\"o\":{\"p\":{\"x\":\"a\"}}}",
        "l[1] | {\"l\":[7,\"a\"]}",
        "l[0].x | {\"l\":[{\"x\":\"a\"}]}",
        "l[0][1] | {\"l\":[[7,\"a\"]]}",
        "d\\.x | {\"d.x\":\"a\",\"d\":{\"x\":\"b\"}}",
        "d\\,x\\= | {\"d,x=\":\"a\"}",
        "d\\[0] | {\"d[0]\":\"a\"}",
        "Record ID | {\"Record ID\":\"a\"}",
        "chosen-model | {\"chosen-model\":\"a\"}",
        "é | {\"\\u00e9\":\"a\"}"
      })
  void aPathNamesAPlaceOfTheRow(String path, String fields) {
    RowFormat format = mapped(HELPSTEER2, "prompt=" + path);

    assertThat(outline(row(format, fields.replaceFirst("}$", ",\"response\":\"b\"}"))))
        .containsExactly("user:a|assistant:b");
  }

  @Test
  void aListsElementsAreAnswersInTheirOrder() {
    String line =
        "{\"instruction\": \"a\", \"completions\": [{\"response\": \"b\"}, {\"response\": null},"
            + " {\"response\": [{\"role\":\"assistant\",\"content\":\"c\"}]}]}";
    Row row = row(mapped(CANDIDATES, "prompt=instruction,responses=completions[].response"), line);

    assertThat(outline(row)).containsExactly("user:a|assistant:b", "user:a|assistant:c");
    assertThat(enriched(row, "1.5", "2.5"))
        .isEqualTo(line.replaceFirst("}$", ", \"rewards\": [1.5, null, 2.5]}"));
  }

  @Test
  void severalPathsAreSeveralAnswers() {
    Row row =
        row(
            mapped(CANDIDATES, "responses=y.t,responses=x"),
            "{\"prompt\":\"a\",\"x\":\"c\",\"y\":{\"t\":\"b\"}}");

    assertThat(outline(row)).containsExactly("user:a|assistant:b", "user:a|assistant:c");
  }

  @Test
  void twoFieldsMayStandInOneObject() {
    assertThat(
            outline(
                row(
                    mapped(PREFERENCE, "prompt=o.q,chosen=o.a[0],rejected=o.a[1]"),
                    "{\"o\":{\"a\":[\"b\",\"c\"],\"q\":\"a\"}}")))
        .containsExactly("user:a|assistant:b", "user:a|assistant:c");
  }

  @Test
  void aFieldThatIsMappedToNothingIsNotRead() {
    assertThat(
            outline(
                row(
                    mapped(PREFERENCE, "prompt="),
                    "{\"prompt\":7,\"chosen\":\"\\n\\nHuman: a\\n\\nAssistant: b\","
                        + "\"rejected\":\"\\n\\nHuman: a\\n\\nAssistant: c\"}")))
        .containsExactly("user:a|assistant:b", "user:a|assistant:c");
    assertThat(
            outline(
                row(
                    mapped(HELPSTEER2, "system="),
                    "{\"system\":7,\"prompt\":\"a\",\"response\":\"b\"}")))
        .containsExactly("user:a|assistant:b");
  }

  @Test
  void theColumnsOfTheSystemAndOfToolsCanBeElsewhere() {
    Row row =
        row(
            mapped(HELPSTEER2, "system=meta.s,tools=meta.t"),
            "{\"meta\":{\"s\":\"s\",\"t\":[{\"name\":\"f\"}]},\"prompt\":\"a\",\"response\":\"b\"}");

    assertThat(outline(row)).containsExactly("system:s|user:a|assistant:b");
    assertThat(row.conversations().get(0).tools()).hasSize(1);
  }

  @Test
  void nullOnTheWayIsNull() {
    RowFormat format = mapped(ALPACA, "input=o.x,output=l[0].y");

    assertThat(outline(row(format, "{\"instruction\":\"a\",\"o\":null,\"l\":[{\"y\":\"b\"}]}")))
        .containsExactly("user:a|assistant:b");
    assertMalformed(
        format,
        "{\"instruction\":\"a\",\"o\":null,\"l\":[null]}",
        "missing-field",
        "output: expected a string or a list of messages, found null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x | {\"y\":\"a\"}",
        "o.x | {\"o\":{}}",
        "o.x | {\"o\":\"a\"}",
        "l[1] | {\"l\":[\"a\"]}",
        "l[].x | {\"l\":[{\"x\":\"a\"},{}]}"
      })
  void aRowWithoutThePlaceIsRejected(String path, String fields) {
    assertMalformed(
        mapped(CANDIDATES, "responses=" + path),
        fields.replaceFirst("}$", ",\"prompt\":\"a\"}"),
        "missing-field",
        path
            + ": expected what --map says to read there (null, if a row has none), found no such"
            + " field");
  }

  @Test
  void aListWhereThereIsNoneAndFieldsThatStandTwiceAreRejected() {
    assertMalformed(
        mapped(HELPSTEER2, "prompt=l[0]"),
        "{\"l\":\"a\",\"response\":\"b\"}",
        "wrong-type",
        "l: expected a list, as the path l[0] says, found a string");
    assertMalformed(
        mapped(HELPSTEER2, "prompt=x"),
        "{\"x\":\"a\",\"response\":\"b\",\"x\":\"c\"}",
        "duplicate-field",
        "x: expected the field once, found it twice");
    assertMalformed(
        mapped(HELPSTEER2, "prompt=o.x"),
        "{\"o\":{\"x\":\"a\",\"x\":\"c\"},\"response\":\"b\"}",
        "duplicate-field",
        "o.x: expected the field once, found it twice");
  }

  @Test
  void aMappedFieldMayNotBeWritten() {
    assertThat(mapped(HELPSTEER2, "response=reward").clashes(ScoreFields.OWN))
        .containsExactly("reward");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "prompt", "=x", "prompt=x,", "prompt=x=y", " =x"})
  void whatIsNoMapIsRefused(String text) {
    String part = text.equals("prompt=x,") ? "" : text;
    assertThatThrownBy(() -> FieldMap.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected TARGET=PATH[,TARGET=PATH...], with a comma or = of a name written \\, and"
                + " \\=, found '"
                + part
                + "'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        ".x | a name | 1",
        "a. | a name | 3",
        "a..b | a name | 3",
        "a[x] | [] or [N] | 2",
        "a[-1] | [] or [N] | 2",
        "a[1 | [] or [N] | 2",
        "a[]b | '.' or '[' behind ']' | 4",
        "a[].b[] | [] at most once | 8",
        "a\\ | a character behind the backslash | 3"
      })
  void whatIsNoPathIsRefused(String path, String expected, int at) {
    assertThatThrownBy(() -> FieldPath.parse(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected a path such as name, a.b, a[0] or a[].b, with %s at character %d, found '%s'"
                .formatted(expected, at, path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "helpsteer2 | answer=x | expected a field that helpsteer2 rows have (response, prompt,"
            + " system, system_prompt, tools, principle, principles), found 'answer'",
        "helpsteer2 | prompt= | expected a path for prompt, which helpsteer2 rows need, found none",
        "nectar | responses= | expected a path for responses, which nectar rows need, found none",
        "helpsteer2 | prompt=x,prompt=y | expected one path for prompt, found 2",
        "candidates | responses=x,responses=y[] | expected one path for responses, found 2",
        "steerlm | mask=x | expected another format than steerlm, whose labels stand within its turns"
      })
  void aMapThatDoesNotSuitTheFormatIsRefused(String format, String map, String message) {
    RowFormat asked = RowFormat.named(format).orElseThrow();
    assertThatThrownBy(() -> mapped(asked, map))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void pathsThatNoRowHasNameTheNearest() {
    assertThat(
            lacking(
                "prompt=instructoin,responses=completions[].respnse",
                "{\"instruction\":\"a\",\"completions\":[{\"response\":\"b\"}]}",
                "no JSON"))
        .containsExactly(
            "expected the path instructoin in one of the first 1 rows, found it in none; nearest is"
                + " instruction",
            "expected the path completions[].respnse in one of the first 1 rows, found it in none;"
                + " nearest is completions[].response");
    assertThat(lacking("prompt=a.b", "{\"a.b\":\"x\"}"))
        .as("a name with a dot is shown as it is to be typed")
        .containsExactly(
            "expected the path a.b in one of the first 1 rows, found it in none; nearest is a\\.b");
    assertThat(lacking("prompt=x", "{\"y\":1}", "{\"x\":null}")).isEmpty();
    assertThat(lacking("prompt=x", "no JSON", "[]")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "helpsteer2 | prompt=o.x | HELPSTEER2 prompt=o.x",
        "candidates | responses=b,prompt=d\\,e,responses=a | CANDIDATES prompt=d\\,e,responses=b,responses=a",
        "preference | prompt=,system= | PREFERENCE prompt=,system=",
        "nectar | prompt=my question | NECTAR prompt=my question,responses=answers[].answer",
        "best-of-n | input=l[3] | BEST_OF_N input=l[3]"
      })
  void plansAndTasksKeepTheMap(String word, String map, String planned)
      throws IOException, ClassNotFoundException {
    RowFormat format = mapped(RowFormat.named(word).orElseThrow(), map);
    JsonMapper json = new JsonMapper();

    assertThat(json.readValue(json.writeValueAsString(format), String.class)).isEqualTo(planned);
    assertThat(json.readValue(json.writeValueAsString(format), RowFormat.class)).isEqualTo(format);
    ByteArrayOutputStream shipped = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(shipped)) {
      out.writeObject(format);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(shipped.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(format);
    }
  }

  @Test
  void aFormatsOwnMapStandsUnlessTheUserSaysOtherwise() {
    assertThat(
            outline(
                row(
                    mapped(NECTAR, "prompt=q"),
                    "{\"q\":\"a\",\"prompt\":\"z\",\"answers\":[{\"answer\":\"b\"}]}")))
        .containsExactly("user:a|assistant:b");
    assertThat(
            outline(
                row(
                    mapped(NECTAR, "responses=answers[].text"),
                    "{\"prompt\":\"a\",\"answers\":[{\"answer\":\"z\",\"text\":\"b\"}]}")))
        .containsExactly("user:a|assistant:b");
    assertThatThrownBy(() -> mapped(STEERLM, "mask=")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFieldThatIsReadAsAnotherOneIsNotReadAsItsOwnToo() {
    RowFormat format = FormatTable.OFFSETBIAS.mapped(FieldMap.parse("instruction=input"));
    Row row = Lines.row(format, "{\"input\":\"a\",\"output_1\":\"b\",\"output_2\":\"c\"}");

    assertThat(Lines.outline(row)).containsExactly("user:a|assistant:b", "user:a|assistant:c");
    assertThatThrownBy(() -> FormatTable.HELPSTEER2.mapped(FieldMap.parse("prompt=response")))
        .hasMessage(
            "expected a path for response, whose own field is read as another one, found none");
  }
}
