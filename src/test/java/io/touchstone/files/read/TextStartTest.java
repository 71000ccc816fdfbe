package io.touchstone.files.read;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.files.read.TextStart.Shape;
import io.touchstone.problem.UnfitInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TextStartTest {

  private static TextStart start(byte[] bytes) throws IOException {
    return TextStart.read(new ByteArrayInputStream(bytes));
  }

  private static TextStart start(String text) throws IOException {
    return start(text.getBytes(UTF_8));
  }

  private static void has(Shape shape, String... texts) throws IOException {
    for (String text : texts) {
      assertThat(start(text).shape()).as(text).isEqualTo(shape);
      assertThat(start("\ufeff\r\n " + text).shape()).as(text).isEqualTo(shape);
    }
  }

  @Test
  void theFirstByteThatIsNotBlankTellsAnArrayFromLines() throws IOException {
    has(Shape.BLANK, "", " \n\t\r\n");
    has(Shape.ARRAY, "[", "[]", "[{\"a\": 1}]", "[\n{\"a\": 1},\n{\"a\": 2}\n]\n", "[[1],\n[2]]");
    has(Shape.LINES, "{\"a\": 1}\n{\"a\": 2}", "{\"a\": \"[{\\\"\"}\r\n\n{}", "{}\nx");
    has(Shape.ONE_LINE, "{\"a\": 1}", "{\"a\": 1}\n\n", "{\"a\": {\n", "{");
    has(Shape.OTHER, "1\n2", "\"a\"", "x", "}\n{}");
  }

  @Test
  void anObjectThatGoesOnInTheNextLineIsOneOverSeveral() throws IOException {
    has(
        Shape.OBJECT,
        "{\n  \"a\": 1\n}",
        "{\"rows\": [\n{\"a\": 1},\n{\"a\": 2}]}",
        "{\"a\": {\"b\": 1}, \r\n\"c\": 2}",
        "{\"a\": 1\n, \"b\": 2}");
  }

  @Test
  void aFirstLineThatIsNoRowIsStillALineBeforeOthers() throws IOException {
    has(
        Shape.LINES,
        "[\"a\", \"header\"]\n{\"a\": 1}",
        "[1]\n[2]",
        "{\"a\": \"broken off\n{\"a\": 1}",
        "{\"a\": {\"b\": 1}\n{\"a\": 2}");
  }

  @Test
  void linesAreNotTakenForArraysOrOneObject() {
    for (String lines :
        new String[] {
          "", "x\n", "{\"a\": 1}\n", "{\"a\": 1,\n\"b\": 2}\n", "{\"a\": [\n{\"a\": 1}\n", "[1]\n{}"
        }) {
      assertThatCode(() -> start(lines).refuseUnlessLines()).doesNotThrowAnyException();
    }
    assertThatThrownBy(() -> start("\n[{\"a\": 1},\n{\"a\": 2}]").refuseUnlessLines())
        .isInstanceOf(UnfitInputException.class)
        .hasMessage(
            "expected lines of JSON objects, found a JSON array: end the file's name with .json, or"
                + " write each element as a line, jq -c '.[]' FILE > NEW.jsonl");
    assertThatThrownBy(() -> start("{ \r\n  \"a\": 1\n}\n").refuseUnlessLines())
        .isInstanceOf(UnfitInputException.class)
        .hasMessage(
            "expected lines of JSON objects, found an object over several lines: write each row as"
                + " one line, jq -c . FILE > NEW.jsonl");
  }

  @Test
  void textOfOtherEncodingsIsRefusedByItsFirstBytes() {
    Map<String, byte[]> encoded =
        Map.of(
            "UTF-16 by its first bytes, ff fe 7b 00", "\ufeff{}".getBytes(UTF_16LE),
            "UTF-16 by its first bytes, fe ff 00 7b", "\ufeff{}".getBytes(UTF_16BE),
            "UTF-16LE by its first bytes, 7b 00 0a 00", "{\n".getBytes(UTF_16LE),
            "UTF-16BE by its first bytes, 00 20 00 5b", " [".getBytes(UTF_16BE),
            "UTF-32 by its first bytes, ff fe 00 00",
                "\ufeff{".getBytes(Charset.forName("UTF-32LE")),
            "UTF-32 by its first bytes, 00 00 fe ff",
                "\ufeff{".getBytes(Charset.forName("UTF-32BE")),
            "UTF-32LE by its first bytes, 5b 00 00 00", "[".getBytes(Charset.forName("UTF-32LE")),
            "UTF-32BE by its first bytes, 00 00 00 7b", "{".getBytes(Charset.forName("UTF-32BE")));
    encoded.forEach(
        (found, bytes) ->
            assertThatThrownBy(() -> start(bytes).refuseUnlessLines())
                .isInstanceOf(UnfitInputException.class)
                .hasMessage(
                    "expected UTF-8, found "
                        + found
                        + ": write the text again, iconv -f "
                        + found.substring(0, found.indexOf(' '))
                        + " -t UTF-8 FILE > NEW"));
  }

  @Test
  void zerosThatAreNoTextStayForTheirLineToBeRejectedBy() {
    for (byte[] bytes : new byte[][] {new byte[8], {0}, {'{', 'x', 0}, {'a', 0, 'b', 0}}) {
      assertThatCode(() -> start(bytes).refuseUnlessLines()).doesNotThrowAnyException();
    }
  }
}
