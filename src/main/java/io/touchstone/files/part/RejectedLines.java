package io.touchstone.files.part;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.CountedOutput;
import io.touchstone.reward.Rejected;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.apache.commons.io.output.CloseShieldOutputStream;

/**
 * Writes rejected lines, each with its place and the reason, as text if it is UTF-8, else in
 * base64: whole, or of one over the size limit how it begins, how long it is and its digest.
 *
 * <p>Where that would be more than may be written, places and reasons go on without lines: an input
 * that is all wrong must not fill the output with copies of itself.
 */
public final class RejectedLines implements Closeable {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final long LEAST_BOUND = 16L << 20;

  private final CountedOutput out;
  private final long mostBytes;
  private long withheld;

  /**
   * @param out is closed with the lines
   * @param inputBytes of what the lines are of, as it is stored: lines are written up to a tenth of
   *     them, or to 16 MiB if that is more
   */
  public RejectedLines(OutputStream out, long inputBytes) {
    this.out = new CountedOutput(out);
    this.mostBytes = Math.max(LEAST_BOUND, inputBytes / 10);
  }

  /** Lines written, counted by their ends. */
  public long lines() {
    return out.lines();
  }

  /** Those of them of which only the place and the reason were written. */
  public long withheld() {
    return withheld;
  }

  public void write(RawLine line, Rejected why) throws IOException {
    raw("{\"source\": \"");
    text(line.source());
    raw("\", \"offset\": " + line.offset() + ", \"kind\": \"");
    text(why.kind());
    raw("\", \"reason\": \"");
    text(why.reason());
    raw("\"");
    Content content = Content.of(line);
    if (out.bytes() + content.writtenBytes() <= mostBytes) {
      write(content);
    } else {
      withheld++;
      raw(", \"line_bytes\": " + content.lineBytes);
    }
    raw("}\n");
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /**
   * What is kept of a line.
   *
   * @param name of its field, where the bytes are text
   * @param utf8Bytes how many of the bytes make up that text; less than none if they are no UTF-8
   * @param digest of a line of which the bytes are only the beginning
   */
  private record Content(
      String name, byte[] bytes, int utf8Bytes, long lineBytes, Optional<String> digest) {

    static Content of(RawLine line) throws IOException {
      if (line instanceof RawLine.TooLong tooLong) {
        byte[] head = tooLong.head();
        int whole = wholeCharacters(head);
        return new Content(
            "line_head",
            head,
            isUtf8(head, whole) ? whole : -1,
            tooLong.length(),
            Optional.of(tooLong.sha256()));
      }
      byte[] whole = line.bytes();
      return new Content(
          "line",
          whole,
          isUtf8(whole, whole.length) ? whole.length : -1,
          whole.length,
          Optional.empty());
    }

    /** Of its bytes; what stands around them is small. */
    long writtenBytes() {
      if (utf8Bytes < 0) {
        return (bytes.length + 2) / 3 * 4L;
      }
      long written = utf8Bytes;
      for (int i = 0; i < utf8Bytes; i++) {
        byte b = bytes[i];
        written += b == '"' || b == '\\' ? 1 : b >= 0 && b < 0x20 ? 5 : 0;
      }
      return written;
    }
  }

  private void write(Content content) throws IOException {
    raw(", \"" + content.name);
    if (content.utf8Bytes < 0) {
      raw("_base64\": \"");
      base64(new ByteArrayInputStream(content.bytes));
    } else {
      raw("\": \"");
      escaped(new ByteArrayInputStream(content.bytes, 0, content.utf8Bytes));
    }
    raw("\"");
    if (content.digest.isPresent()) {
      raw(", \"line_bytes\": " + content.lineBytes);
      raw(", \"line_sha256\": \"" + content.digest.get() + "\"");
    }
  }

  /** The bytes of a text without those of a character that is cut off at its end. */
  private static int wholeCharacters(byte[] cut) {
    ByteBuffer read = ByteBuffer.wrap(cut);
    CoderResult decoded = UTF_8.newDecoder().decode(read, CharBuffer.allocate(cut.length), false);
    return decoded.isUnderflow() ? read.position() : cut.length;
  }

  private static boolean isUtf8(byte[] bytes, int length) throws IOException {
    // A new decoder reports what is malformed, and replaces nothing.
    try {
      new InputStreamReader(new ByteArrayInputStream(bytes, 0, length), UTF_8.newDecoder())
          .transferTo(Writer.nullWriter());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private void raw(String json) throws IOException {
    out.write(json.getBytes(UTF_8));
  }

  private void text(String text) throws IOException {
    escaped(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  /** The bytes are UTF-8: all that JSON wants escaped is single bytes of it. */
  private void escaped(InputStream utf8) throws IOException {
    byte[] chunk = new byte[8 << 10];
    byte[] json = new byte[6 * chunk.length];
    for (int read = utf8.read(chunk); read >= 0; read = utf8.read(chunk)) {
      int length = 0;
      for (int i = 0; i < read; i++) {
        byte b = chunk[i];
        if (b == '"' || b == '\\') {
          json[length++] = '\\';
          json[length++] = b;
        } else if (b >= 0 && b < 0x20) {
          json[length++] = '\\';
          json[length++] = 'u';
          json[length++] = '0';
          json[length++] = '0';
          json[length++] = HEX[b >> 4];
          json[length++] = HEX[b & 0xf];
        } else {
          json[length++] = b;
        }
      }
      out.write(json, 0, length);
    }
  }

  private void base64(InputStream in) throws IOException {
    // The encoder is closed to write its last group; the file goes on.
    try (OutputStream encoder = Base64.getEncoder().wrap(CloseShieldOutputStream.wrap(out))) {
      in.transferTo(encoder);
    }
  }
}
