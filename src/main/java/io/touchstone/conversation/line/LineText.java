package io.touchstone.conversation.line;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * A line that is well-formed UTF-8.
 *
 * @param bytes as they came; never written to
 * @param json the same with U+FFFD for {@link LoneSurrogates}; what stands in one stands at the
 *     same place in the other
 */
public record LineText(byte[] bytes, byte[] json) {

  private static final int CHUNK = 4 << 10;

  /** Refuses what is not well-formed UTF-8: nothing is replaced silently. */
  public static LineText of(byte[] bytes) {
    if (!ByteScan.isAscii(bytes)) {
      expectUtf8(bytes);
    }
    return new LineText(bytes, LoneSurrogates.replaced(bytes));
  }

  private static void expectUtf8(byte[] bytes) {
    // A new decoder reports what is malformed, and replaces nothing.
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(Math.min(bytes.length, CHUNK));
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      result = decoder.decode(in, out.clear(), true);
    }
    if (result.isError()) {
      throw new RowProblem(
          Malformation.INVALID_UTF8,
          "line",
          "expected UTF-8, found a malformed sequence at byte offset " + in.position());
    }
  }

  int length() {
    return bytes.length;
  }

  /** The first byte of the character that the byte at {@code offset} belongs to. */
  int charStart(int offset) {
    int start = offset;
    while (start > 0 && start < bytes.length && (bytes[start] & 0xc0) == 0x80) {
      start--;
    }
    return start;
  }

  byte at(int offset) {
    return bytes[offset];
  }
}
