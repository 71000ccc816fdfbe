package io.touchstone.files.part;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.reward.Rejected;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import org.apache.commons.io.output.CloseShieldOutputStream;

/**
 * Writes rejected lines, each with its place and the reason, whole: as text if it is UTF-8, else in
 * base64. A spilled line is streamed from its file, which is deleted.
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
    boolean utf8;
    try (InputStream in = open(line)) {
      utf8 = isUtf8(in);
    }
    try (InputStream in = open(line)) {
      if (utf8) {
        raw("\"line\": \"");
        escaped(in);
      } else {
        raw("\"line_base64\": \"");
        base64(in);
      }
    }
    raw("\"}\n");
    if (line instanceof RawLine.TooLong tooLong) {
      Files.delete(tooLong.spill());
    }
  }

  private static InputStream open(RawLine line) throws IOException {
    return line instanceof RawLine.TooLong tooLong
        ? Files.newInputStream(tooLong.spill())
        : new ByteArrayInputStream(((RawLine.Whole) line).bytes());
  }

  private static boolean isUtf8(InputStream in) throws IOException {
    // A new decoder reports what is malformed, and replaces nothing.
    try {
      new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder())
          .transferTo(Writer.nullWriter());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private void raw(String json) throws IOException {
    out.write(json.getBytes(StandardCharsets.UTF_8));
  }

  private void text(String text) throws IOException {
    escaped(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
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
