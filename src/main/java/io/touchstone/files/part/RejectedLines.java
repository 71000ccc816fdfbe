package io.touchstone.files.part;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.reward.Rejected;
import java.io.ByteArrayInputStream;
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
import org.apache.commons.io.output.CloseShieldOutputStream;

/**
 * Writes rejected lines, each with its place and the reason, as text if it is UTF-8, else in
 * base64: whole, or of one over the size limit how it begins, how long it is and its digest.
 */
public record RejectedLines(OutputStream out) {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  public void write(RawLine line, Rejected why) throws IOException {
    raw("{\"source\": \"");
    text(line.source());
    raw("\", \"offset\": " + line.offset() + ", \"kind\": \"");
    text(why.kind());
    raw("\", \"reason\": \"");
    text(why.reason());
    raw("\", ");
    if (line instanceof RawLine.TooLong tooLong) {
      bytes("line_head", tooLong.head(), wholeCharacters(tooLong.head()));
      raw(", \"line_bytes\": " + tooLong.length());
      raw(", \"line_sha256\": \"" + tooLong.sha256() + "\"");
    } else {
      byte[] whole = line.bytes();
      bytes("line", whole, whole.length);
    }
    raw("}\n");
  }

  /**
   * @param utf8Bytes of them, if they are UTF-8
   */
  private void bytes(String name, byte[] bytes, int utf8Bytes) throws IOException {
    if (isUtf8(bytes, utf8Bytes)) {
      raw("\"" + name + "\": \"");
      escaped(new ByteArrayInputStream(bytes, 0, utf8Bytes));
    } else {
      raw("\"" + name + "_base64\": \"");
      base64(new ByteArrayInputStream(bytes));
    }
    raw("\"");
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
