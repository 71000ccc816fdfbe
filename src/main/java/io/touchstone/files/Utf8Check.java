package io.touchstone.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Tells strictly whether bytes are UTF-8, without holding them. */
public final class Utf8Check {

  private static final int CHUNK = 64 << 10;

  private Utf8Check() {}

  public static boolean isUtf8(InputStream in) throws IOException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
    CharBuffer chars = CharBuffer.allocate(CHUNK);
    boolean more = true;
    while (more) {
      int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
      more = read >= 0;
      bytes.position(bytes.position() + Math.max(0, read));
      bytes.flip();
      CoderResult result = decoder.decode(bytes, chars.clear(), !more);
      if (result.isError()) {
        return false;
      }
      bytes.compact();
    }
    return true;
  }
}
