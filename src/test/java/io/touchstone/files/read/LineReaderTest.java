package io.touchstone.files.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.digest.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

public final class LineReaderTest {

  /** A line as text of its bytes, so that lists of them compare and print well. */
  private record Seen(long offset, String bytes, boolean tooLong) {}

  @Test
  void onlyALineFeedEndsALineAndTheCarriageReturnBeforeItGoes() throws IOException {
    assertThat(read("a\r\nb\rc\n\n\r\nd\u2028e\r\r\nlast", 100, 16))
        .containsExactly(
            new Seen(0, "a", false),
            new Seen(3, "b\rc", false),
            new Seen(7, "", false),
            new Seen(8, "", false),
            new Seen(10, latin("d\u2028e\r"), false),
            new Seen(18, "last", false));
  }

  @Test
  void aByteOrderMarkBelongsToNoLine() throws IOException {
    assertThat(read("\ufeffa\n\ufeffb\n", 100, 16))
        .containsExactly(new Seen(3, "a", false), new Seen(5, latin("\ufeffb"), false));
    assertThat(read("\ufeff", 100, 16)).isEmpty();
    assertThat(read("", 100, 16)).isEmpty();
  }

  @Test
  void aLineOverTheLimitIsSpilledWholeAndOthersAreNot() throws IOException {
    assertThat(read("12345\r\n123456\r\n12345\r6\n1", 5, 16))
        .containsExactly(
            new Seen(0, "12345", false),
            new Seen(7, "123456", true),
            new Seen(15, "12345\r6", true),
            new Seen(23, "1", false));
  }

  @Test
  void ofALineOverTheLimitTheBeginningTheLengthAndTheDigestAreKept() throws IOException {
    String text = "0123456789".repeat(1_000);
    for (int buffer : new int[] {3, 100, 1 << 20}) {
      for (String end : new String[] {"", "\n", "\r\n"}) {
        LineReader reader =
            new LineReader(
                new ByteArrayInputStream((text + end + "x").getBytes(UTF_8)),
                0,
                new LineBuffer("x", text.length() - 1),
                buffer);
        RawLine.TooLong line = (RawLine.TooLong) reader.next();
        String expected = end.isEmpty() ? text + "x" : text;
        assertThat(line.length()).isEqualTo(expected.length());
        assertThat(line.limit()).isEqualTo(text.length() - 1);
        assertThat(latin(line.head())).isEqualTo(text.substring(0, 4_096));
        assertThat(line.sha256()).isEqualTo(Sha256.hex(expected.getBytes(UTF_8)));
      }
    }
  }

  @Test
  void agreesWithAPlainReaderOverRandomBytesAndBufferSizes() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      byte[] bytes = randomBytes(random);
      int limit = 1 + random.nextInt(30);
      int buffer = 3 + random.nextInt(40);
      assertThat(read(bytes, limit, buffer))
          .as("seed %d round %d", seed, round)
          .isEqualTo(reference(bytes, limit));
    }
  }

  /** Lines of letters and bytes of any value; the first is no bracket and no mark of UTF-16. */
  public static byte[] randomBytes(Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (random.nextInt(4) == 0) {
      out.writeBytes("\ufeff".getBytes(UTF_8));
    }
    String alphabet = "\n\n\r\rabc\u00e9\u2028\ufeff\u0085";
    out.write('x');
    int length = random.nextInt(119);
    for (int i = 0; i < length; i++) {
      if (random.nextInt(10) == 0) {
        out.write(random.nextInt(256));
      } else {
        int at = random.nextInt(alphabet.length());
        out.writeBytes(alphabet.substring(at, at + 1).getBytes(UTF_8));
      }
    }
    return out.toByteArray();
  }

  /** Splits what is all in memory, one byte at a time. */
  private static List<Seen> reference(byte[] bytes, int limit) {
    List<Seen> lines = new ArrayList<>();
    boolean mark = latin(bytes).startsWith(latin("\ufeff"));
    int start = mark ? 3 : 0;
    while (start < bytes.length) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      int last = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
      String line = latin(Arrays.copyOfRange(bytes, start, last));
      lines.add(new Seen(start, line, line.length() > limit));
      start = end + 1;
    }
    return lines;
  }

  private static List<Seen> read(String text, int limit, int buffer) throws IOException {
    return read(text.getBytes(UTF_8), limit, buffer);
  }

  private static List<Seen> read(byte[] bytes, int limit, int buffer) throws IOException {
    List<Seen> lines = new ArrayList<>();
    LineReader reader = new LineReader(new Trickle(bytes), 0, new LineBuffer("x", limit), buffer);
    for (RawLine line = reader.next(); line != null; line = reader.next()) {
      if (line instanceof RawLine.TooLong tooLong) {
        assertThat(tooLong.length()).isEqualTo(tooLong.head().length);
        assertThat(tooLong.sha256()).isEqualTo(Sha256.hex(tooLong.head()));
        lines.add(new Seen(line.offset(), latin(tooLong.head()), true));
      } else if (line instanceof RawLine.Whole whole) {
        lines.add(new Seen(line.offset(), latin(whole.bytes()), false));
      }
    }
    assertThat(reader.position()).isEqualTo(bytes.length);
    return lines;
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static String latin(String text) {
    return latin(text.getBytes(UTF_8));
  }

  /** Gives fewer bytes than it is asked for, as networks do. */
  private static final class Trickle extends FilterInputStream {
    private int calls;

    Trickle(byte[] bytes) {
      super((InputStream) new ByteArrayInputStream(bytes));
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      return super.read(into, from, Math.min(length, 1 + calls++ % 7));
    }
  }
}
