package io.touchstone.conversation;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A line as bytes and as text.
 *
 * @param bytes as they came; never written to
 * @param chars the decoded text, in the first {@code length} places
 */
record LineText(byte[] bytes, char[] chars, int length) {

  /** Refuses what is not well-formed UTF-8: nothing is replaced silently. */
  static LineText decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    char[] chars = new char[bytes.length];
    CharBuffer out = CharBuffer.wrap(chars);
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw new RowProblem(
          Malformation.INVALID_UTF8,
          "line",
          "expected UTF-8, found a malformed sequence at byte offset " + in.position());
    }
    return new LineText(bytes, chars, out.position());
  }

  /** Where the char at {@code charOffset} starts in {@link #bytes}. */
  int byteOffset(int charOffset) {
    return byteOffset(charOffset, 0, 0);
  }

  /** The same, counted on from a place that is known already. */
  int byteOffset(int charOffset, int knownChar, int knownByte) {
    if (length == bytes.length) {
      return charOffset;
    }
    int offset = knownByte;
    for (int i = knownChar; i < charOffset; i++) {
      offset += utf8Length(chars[i]);
    }
    return offset;
  }

  private static int utf8Length(char unit) {
    if (unit < 0x80) {
      return 1;
    }
    if (unit < 0x800 || Character.isSurrogate(unit)) {
      return 2;
    }
    return 3;
  }
}
