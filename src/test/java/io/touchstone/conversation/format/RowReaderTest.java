package io.touchstone.conversation.format;

import static io.touchstone.conversation.format.FormatTable.HELPSTEER2;
import static io.touchstone.conversation.format.FormatTable.HELPSTEER3;
import static io.touchstone.conversation.format.Lines.assertMalformed;
import static io.touchstone.conversation.format.Lines.enriched;
import static io.touchstone.conversation.format.Lines.outline;
import static io.touchstone.conversation.format.Lines.row;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.conversation.line.MalformedRow;
import io.touchstone.conversation.line.Row;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RowReaderTest {

  private static final RowReader READER = new RowReader(HELPSTEER2);
  private static final String FIELDS = "\"prompt\":\"a\",\"response\":\"b\"";

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "overlong slash, c0af",
    "overlong nul, c080",
    "surrogate, eda080",
    "truncated, e282",
    "stray continuation, 80",
    "beyond Unicode, f4908080",
    "latin-1, e9"
  })
  void rejectsBytesThatAreNoUtf8(String name, String hex) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    line.writeBytes("{\"é\":\"".getBytes(UTF_8));
    line.writeBytes(HexFormat.of().parseHex(hex));
    line.writeBytes(("\"," + FIELDS + "}").getBytes(UTF_8));

    assertThat(READER.read(line.toByteArray()))
        .isEqualTo(
            new MalformedRow(
                "invalid-utf8",
                "line: expected UTF-8, found a malformed sequence at byte offset 7"));
  }

  @Test
  void rejectsALineThatEndsInsideACharacter() {
    assertThat(READER.read(new byte[] {'{', (byte) 0xe2, (byte) 0x82}))
        .isEqualTo(
            new MalformedRow(
                "invalid-utf8",
                "line: expected UTF-8, found a malformed sequence at byte offset 1"));
  }

  @Test
  void rejectsOtherEncodingsThanUtf8AndByteOrderMarks() {
    String line = "{" + FIELDS + "}";

    assertThat(READER.read(line.getBytes(UTF_16LE))).isEqualTo(somethingElseAt(2));
    assertThat(READER.read(line.getBytes(UTF_16BE))).isEqualTo(somethingElseAt(1));
    assertThat(READER.read(("\ufeff" + line).getBytes(UTF_8))).isEqualTo(somethingElseAt(0));
  }

  private static MalformedRow somethingElseAt(int offset) {
    return new MalformedRow(
        "not-json", "line: expected JSON, found something else at byte offset " + offset);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"é\":\"secret    | the end of the line inside of it at byte offset 13",
        "{\"é\":1,          | the end of the line inside of it at byte offset 8",
        "{\"é\":secret}     | something else at byte offset 6",
        "{\"é\":NaN}        | NaN or an infinity at byte offset 9",
        "{\"é\":-Infinity}  | NaN or an infinity at byte offset 15",
        "{\"é\":01}         | a malformed number at byte offset 7",
        "{\"é\":1.}         | something else at byte offset 8",
        "{\"é\":\"\\x\"}    | an unknown escape in a string at byte offset 8",
        "{\"é\":\"\t\"}     | an unescaped control character in a string at byte offset 7",
        "{'é':1}            | something else at byte offset 1",
        "{\"é\":1,}         | something else at byte offset 8",
        "{\"é\":1 // secret | something else at byte offset 8"
      })
  void rejectsWhatIsNoJsonWithoutQuotingIt(String line, String found) {
    assertMalformed(HELPSTEER2, line, "not-json", "line: expected JSON, found " + found);
  }

  @Test
  void rejectsLinesThatAreNoObject() {
    assertMalformed(HELPSTEER2, "[1]", "wrong-type", "line: expected a JSON object, found a list");
    assertMalformed(HELPSTEER2, "7", "wrong-type", "line: expected a JSON object, found a number");
    assertMalformed(HELPSTEER2, " ", "not-json", "line: expected a JSON object, found nothing");
  }

  @Test
  void rejectsWhatFollowsTheObject() {
    assertMalformed(
        HELPSTEER2,
        "{\"prompt\":\"é\",\"response\":\"b\"} {}",
        "not-json",
        "line: expected its end after the JSON object, found more at byte offset 31");
  }

  @Test
  void boundsTheDepth() {
    String deep = "{\"x\":" + "[".repeat(999) + "]".repeat(999) + "," + FIELDS + "}";

    assertThat(outline(row(HELPSTEER2, deep))).containsExactly("user:a|assistant:b");
    assertMalformed(
        HELPSTEER2,
        deep.replace("[]", "[[]]"),
        "too-deep",
        "line: expected JSON nested at most 1000 deep, found more");
  }

  @Test
  void rejectsASecondFieldThatIsReadOrWritten() {
    assertMalformed(
        HELPSTEER2,
        "{" + FIELDS + ",\"respons\\u0065\":\"b\"}",
        "duplicate-field",
        "response: expected the field once, found it twice");
    assertMalformed(
        HELPSTEER2,
        "{\"reward\":1," + FIELDS + ",\"reward\":null}",
        "duplicate-field",
        "reward: expected the field once, found it twice");
  }

  @Test
  void keepsASecondFieldThatIsNeither() {
    assertThat(enriched(row(HELPSTEER2, "{\"x\":1," + FIELDS + ",\"x\":1}"), "0.5"))
        .isEqualTo("{\"x\":1," + FIELDS + ",\"x\":1,\"reward\":0.5}");
  }

  @Test
  void takesStringsNamesAndNumbersOfAnyLength() {
    String text = "é".repeat(21_000_000);
    String line =
        "{\"prompt\":\"%s\",\"n\":%s,\"%s\":1.%s,\"response\":\"b\"}"
            .formatted(text, "7".repeat(5_000), "k".repeat(60_000), "3".repeat(5_000));
    Row row = row(HELPSTEER2, line);

    assertThat(row.conversations().get(0).turns().get(0).text()).isEqualTo(text);
    assertThat(enriched(row, "0.5")).hasSize(line.length() + ",\"reward\":0.5".length());
  }

  @Test
  void keepsANumberOfFiveThousandDigitsInAMessage() {
    Row row =
        row(
            FormatTable.MESSAGES,
            "{\"messages\":[{\"role\":\"assistant\",\"content\":\"b\",\"n\":"
                + "7".repeat(5_000)
                + "}]}");

    assertThat(row.conversations().get(0).turns().get(0).fields().get("n"))
        .hasToString("7".repeat(5_000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "{\"prompt\":\"a\",\"response\":\"b\"}|{\"prompt\":\"a\",\"response\":\"b\",\"reward\":7}",
        " {\"prompt\": \"a\", \"response\": \"b\" } |"
            + " {\"prompt\": \"a\", \"response\": \"b\", \"reward\": 7 } ",
        "{\"prompt\":\"a\", \"response\":\"é\"}|{\"prompt\":\"a\", \"response\":\"é\", \"reward\":7}",
        "{\"prompt\" :\t\"a\",\"response\" :\t\"b\"\t}|"
            + "{\"prompt\" :\t\"a\",\"response\" :\t\"b\",\"reward\": 7\t}",
        "{\"re\\u0077ard\" : {\"x\":[1]} , \"prompt\":\"é\",\"response\":\"b\"}|"
            + "{\"re\\u0077ard\" : 7 , \"prompt\":\"é\",\"response\":\"b\"}",
        "{\"prompt\":\"🍲\",\"reward\":\"x\\\"}\",\"response\":\"b\"}|"
            + "{\"prompt\":\"🍲\",\"reward\":7,\"response\":\"b\"}",
        "{\"prompt\":\"a\",\"response\":\"b\",\"reward\":-1.5e-7}|"
            + "{\"prompt\":\"a\",\"response\":\"b\",\"reward\":7}",
        "{\"prompt\":\"a\",\"response\":\"b\",\"reward\":null }|"
            + "{\"prompt\":\"a\",\"response\":\"b\",\"reward\":7 }"
      })
  void writesTheRewardInTheRowsOwnManner(String line, String expected) {
    assertThat(enriched(row(HELPSTEER2, line), "7")).isEqualTo(expected);
  }

  @Test
  void writesEachRewardWhereItsNameStands() {
    String line =
        """
        {"reward2":"é","context":[{"role":"user","content":"é"}],"response2":"c","reward1":[],\
        "response1":"b"}""";

    assertThat(enriched(row(HELPSTEER3, line), "1", "2"))
        .isEqualTo(line.replace("\"reward2\":\"é\"", "\"reward2\":2").replace("[],", "1,"));
    assertThat(enriched(row(HELPSTEER3, line.replace("reward1", "x")), "1", "2"))
        .isEqualTo(
            line.replace("\"reward2\":\"é\"", "\"reward2\":2")
                .replace("reward1", "x")
                .replace("\"b\"}", "\"b\",\"reward1\":1}"));
  }

  @Test
  void refusesAnotherNumberOfValues() {
    assertThatThrownBy(() -> enriched(row(HELPSTEER2, "{" + FIELDS + "}"), "1", "2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 1 values, found 2");
  }
}
