package io.touchstone.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;

/** Tells strictly whether bytes are UTF-8, without holding them. */
public final class Utf8Check {

  private Utf8Check() {}

  public static boolean isUtf8(InputStream in) throws IOException {
    // A new decoder reports what is malformed, and replaces nothing.
    try {
      new InputStreamReader(in, UTF_8.newDecoder()).transferTo(Writer.nullWriter());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
