package io.touchstone.files.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.problem.UnfitInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ArrayLinesTest {

  /** Lines as {@code offset:text}; what remains as {@code !offset:kind:reason:text}. */
  private static List<String> read(String json, long limit) throws IOException {
    List<String> seen = new ArrayList<>();
    byte[] bytes = json.getBytes(UTF_8);
    try (ArrayLines lines =
        ArrayLines.of(new ByteArrayInputStream(bytes), new LineBuffer("x.json", limit))) {
      for (RawLine line = lines.next(); line != null; line = lines.next()) {
        seen.add(line.offset() + ":" + text(line));
      }
      assertThat(lines.next()).isNull();
      assertThat(lines.inputBytes()).isEqualTo(bytes.length);
      if (lines.remains().isPresent()) {
        LineSource.Remains remains = lines.remains().get();
        seen.add(
            "!"
                + remains.line().offset()
                + ":"
                + remains.why().kind()
                + ":"
                + remains.why().reason()
                + ":"
                + text(remains.line()));
      }
    }
    return seen;
  }

  private static String text(RawLine line) throws IOException {
    return line instanceof RawLine.TooLong tooLong
        ? "(too long)" + new String(tooLong.head(), UTF_8)
        : new String(((RawLine.Whole) line).bytes(), UTF_8);
  }

  @Test
  void elementsKeepTheirBytesButForLineBreaksBetweenTokens() throws IOException {
    assertThat(
            read(
                "\ufeff [\n  {\n\t\"a\": [1.50,\r\n 2],\n \"b\\\"]\": \"},{\\\\\"\n  } ,\n[ ] ,"
                    + "\"s,\", -1e400 , null,true]\n",
                100))
        .containsExactly(
            "8:{ \t\"a\": [1.50,   2],  \"b\\\"]\": \"},{\\\\\"   }",
            "52:[ ]",
            "57:\"s,\"",
            "63:-1e400",
            "72:null",
            "77:true");
  }

  @Test
  void anEmptyArrayHasNoLines() throws IOException {
    assertThat(read(" [ \n ] \n", 100)).isEmpty();
  }

  @Test
  void anElementOverTheLimitIsTooLong() throws IOException {
    assertThat(read("[{\"a\":1},{\"a\":\"123456\"},{\"a\":2}]", 10))
        .containsExactly("1:{\"a\":1}", "9:(too long){\"a\":\"123456\"}", "24:{\"a\":2}");
  }

  @Test
  void aRawLineBreakInAStringStaysForTheElementToBeRejectedBy() throws IOException {
    assertThat(read("[\"a\nb\",{\"c\":1}]", 100)).containsExactly("1:\"a\nb\"", "7:{\"c\":1}");
  }

  @Test
  void whereTheArrayBreaksTheRestRemainsAsOne() throws IOException {
    assertThat(read("[{\"a\":1} {\"a\":2},\n{\"a\":3}]", 100))
        .containsExactly(
            "1:{\"a\":1}",
            "!9:not-json:expected ',' or ']' after an element of the array, found something else;"
                + " the rest is not read:{\"a\":2},\n{\"a\":3}]");
    assertThat(read("[{\"a\":1},{\"a\":", 100))
        .containsExactly(
            "1:{\"a\":1}",
            "!9:not-json:expected the end of an element, found the end of the file; the rest is"
                + " not read:{\"a\":");
    assertThat(read("[{\"a\":1}", 100))
        .containsExactly(
            "1:{\"a\":1}",
            "!8:not-json:expected ',' or ']' after an element of the array, found the end of the"
                + " file; the rest is not read:");
    assertThat(read("[1,,2]", 100))
        .containsExactly(
            "1:1",
            "!3:not-json:expected an element of the array, found something else; the rest is not"
                + " read:,2]");
    assertThat(read("[1,]", 100)).hasSize(2).last().asString().startsWith("!3:not-json:");
    assertThat(read("[1]\n[2]", 100))
        .containsExactly(
            "1:1",
            "!4:not-json:expected nothing but white space after the array, found something else;"
                + " the rest is not read:[2]");
  }

  @Test
  void aFileThatHoldsNoArrayIsRefused() {
    for (String json : List.of("{\"a\": 1}", "", "  ", "1")) {
      assertThatThrownBy(() -> read(json, 100))
          .isInstanceOf(UnfitInputException.class)
          .hasMessage("expected one JSON array, found something else at the top of the file");
    }
  }

  @Test
  void readsBackWhatRandomArraysWereMadeOfAcrossBufferBorders() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    StringBuilder json = new StringBuilder("[");
    List<String> expected = new ArrayList<>();
    while (json.length() < 3 * LineReader.BUFFER_BYTES) {
      json.append(expected.isEmpty() ? "" : random.nextBoolean() ? "," : " ,\n");
      String text = "x\\\"}]".repeat(random.nextInt(200)) + "\\\\";
      String element = "{\"n\": [" + random.nextInt() + "], \"t\": \"" + text + "\"}";
      expected.add(json.length() + ":" + element);
      json.append(element);
    }
    assertThat(read(json.append("\n]").toString(), 1 << 20)).as("seed " + seed).isEqualTo(expected);
  }
}
