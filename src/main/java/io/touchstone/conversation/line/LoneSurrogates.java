package io.touchstone.conversation.line;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Escapes of surrogates without a partner: JSON can spell such text, UTF-8 and tokenizers cannot
 * hold it.
 */
final class LoneSurrogates {

  private static final byte[] REPLACEMENT = "\\ufffd".getBytes(US_ASCII);

  private LoneSurrogates() {}

  /**
   * The line with U+FFFD spelled in their place, which is as long; the line itself if it has none.
   */
  static byte[] replaced(byte[] line) {
    byte[] replaced = line;
    int at = nextEscape(line, 0);
    while (at < line.length) {
      int unit = escaped(line, at);
      if (unit < 0) {
        at = nextEscape(line, at + 2);
        continue;
      }
      boolean pair = isHigh(unit) && isLow(escaped(line, at + REPLACEMENT.length));
      if (!pair && (isHigh(unit) || isLow(unit))) {
        replaced = replaced == line ? line.clone() : replaced;
        System.arraycopy(REPLACEMENT, 0, replaced, at, REPLACEMENT.length);
      }
      at = nextEscape(line, at + (pair ? 2 : 1) * REPLACEMENT.length);
    }
    return replaced;
  }

  private static int nextEscape(byte[] line, int from) {
    return ByteScan.next('\\', line, from, line.length);
  }

  /** The UTF-16 unit that is spelled at this place; -1 if none is. */
  private static int escaped(byte[] line, int at) {
    int end = at + REPLACEMENT.length;
    if (end > line.length || line[at] != '\\' || line[at + 1] != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = at + 2; i < end; i++) {
      int digit = Character.digit((int) line[i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  private static boolean isHigh(int unit) {
    return Character.isHighSurrogate((char) unit);
  }

  private static boolean isLow(int unit) {
    return Character.isLowSurrogate((char) unit);
  }
}
