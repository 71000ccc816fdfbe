package io.touchstone.files.part;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.reward.Rejected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RejectedLinesTest {

  private static final Rejected WHY = new Rejected("not-json", "expected JSON, found \"it\"");

  private static String written(RawLine line) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (RejectedLines lines = new RejectedLines(out, 0)) {
      lines.write(line, WHY);
      assertThat(lines.lines()).isOne();
      assertThat(lines.withheld()).isZero();
    }
    return out.toString(UTF_8);
  }

  @Test
  void keepsTextAsTextWithOnlyWhatJsonWantsEscaped() throws IOException {
    String line = "{\"a\\n\": \u0001\t\u007f\u2028é😀";
    String json = written(new RawLine.Whole("file:/a\"b", 17, line.getBytes(UTF_8)));
    assertThat(json)
        .isEqualTo(
            "{\"source\": \"file:/a\\\"b\", \"offset\": 17, \"kind\": \"not-json\", \"reason\":"
                + " \"expected JSON, found \\\"it\\\"\", \"line\":"
                + " \"{\\\"a\\\\n\\\": \\u0001\\u0009\u007f\u2028é😀\"}\n");
    assertThat(new ObjectMapper().readTree(json).get("line").asText()).isEqualTo(line);
  }

  @Test
  void keepsOtherBytesInBase64() throws IOException {
    byte[] bytes = {'a', (byte) 0xc3, '(', (byte) 0xff};
    JsonNode json = new ObjectMapper().readTree(written(new RawLine.Whole("x", 0, bytes)));
    assertThat(json.has("line")).isFalse();
    assertThat(json.get("line_base64").binaryValue()).isEqualTo(bytes);
    // A character cut off at the end, and a surrogate in UTF-8's clothes, are no UTF-8 either.
    assertThat(written(new RawLine.Whole("x", 0, new byte[] {'a', (byte) 0xc3})))
        .contains(
            "\"line_base64\": \""
                + Base64.getEncoder().encodeToString(new byte[] {'a', (byte) 0xc3}));
    assertThat(
            written(new RawLine.Whole("x", 0, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80})))
        .contains("line_base64");
  }

  @Test
  void ofALineOverTheLimitKeepsHowItBeginsItsLengthAndItsDigest() throws IOException {
    byte[] head = ("abc" + "é\"".repeat(2_000)).getBytes(UTF_8);
    // The last character is cut off in its middle.
    byte[] cut = Arrays.copyOf(head, 4_096);
    assertThat(cut[4_095]).isEqualTo((byte) 0xc3);
    RawLine line = new RawLine.TooLong("x", 7, 1_900_000_000L, 64, cut, "f00d");
    assertThat(written(line))
        .isEqualTo(
            "{\"source\": \"x\", \"offset\": 7, \"kind\": \"not-json\", \"reason\": \"expected JSON,"
                + " found \\\"it\\\"\", \"line_head\": \"abc"
                + "é\\\"".repeat(1_364)
                + "\", \"line_bytes\": 1900000000, \"line_sha256\": \"f00d\"}\n");
    byte[] other = {'a', (byte) 0xff, 'b'};
    JsonNode json =
        new ObjectMapper().readTree(written(new RawLine.TooLong("x", 0, 70, 64, other, "f00d")));
    assertThat(json.get("line_head_base64").binaryValue()).isEqualTo(other);
    assertThat(json.get("line_bytes").asLong()).isEqualTo(70);
    assertThat(json.has("line_head")).isFalse();
  }

  @Test
  void pastATenthOfTheInputOrSixteenMebibytesReasonsGoOnWithoutLines() throws IOException {
    byte[] mebibyte = new byte[1 << 20];
    Arrays.fill(mebibyte, (byte) 'a');
    byte[] quotes = new byte[1 << 19];
    Arrays.fill(quotes, (byte) '"');
    byte[] binary = new byte[3 << 18];
    Arrays.fill(binary, (byte) 0xff);
    for (byte[] line : new byte[][] {mebibyte, quotes, binary}) {
      assertThat(kept(line, 0)).isEqualTo(15);
      assertThat(kept(line, 160L << 20)).isEqualTo(15);
      assertThat(kept(line, 180L << 20)).isEqualTo(17);
    }
  }

  /** How many of twenty equal lines are written, the first ones; the others keep their length. */
  private static int kept(byte[] bytes, long inputBytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long withheld;
    try (RejectedLines lines = new RejectedLines(out, inputBytes)) {
      for (int i = 0; i < 20; i++) {
        lines.write(new RawLine.Whole("x", i, bytes), WHY);
      }
      withheld = lines.withheld();
      assertThat(lines.lines()).isEqualTo(20);
    }
    assertThat(out.size()).isLessThan((int) Math.max(16 << 20, inputBytes / 10) + 20 * 200);
    List<JsonNode> json = new ArrayList<>();
    for (String line : out.toString(UTF_8).split("\n")) {
      json.add(new ObjectMapper().readTree(line));
    }
    int kept = (int) json.stream().filter(line -> !line.has("line_bytes")).count();
    assertThat(withheld).isEqualTo(20 - kept);
    assertThat(json.get(19).toString())
        .isEqualTo(
            "{\"source\":\"x\",\"offset\":19,\"kind\":\"not-json\",\"reason\":\"expected JSON, found"
                + " \\\"it\\\"\",\"line_bytes\":"
                + bytes.length
                + "}");
    return kept;
  }
}
