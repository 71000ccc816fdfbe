package io.touchstone.spark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The first scored row of an output, for the user to look at. */
final class FirstRow {

  private static final int MOST_BYTES = 1 << 16;

  private FirstRow() {}

  static Optional<String> of(OutputFolder folder) throws IOException {
    for (Map.Entry<Integer, Long> part : new TreeMap<>(folder.partSizes()).entrySet()) {
      // A compressed part without rows is not empty.
      byte[] head =
          part.getValue() == 0 ? new byte[0] : head(folder, part.getKey(), part.getValue());
      if (head.length > 0) {
        return Optional.of(text(head));
      }
    }
    return Optional.empty();
  }

  private static byte[] head(OutputFolder folder, int piece, long bytes) throws IOException {
    OutputLayout layout = folder.layout();
    try (CountedInput stored =
            new CountedInput(folder.placement().files().open(layout.part(piece)), bytes);
        InputStream plain = layout.compression().kind().plain(stored)) {
      return plain.readNBytes(MOST_BYTES);
    }
  }

  private static String text(byte[] head) {
    int end = NewlineScan.next(head, 0, head.length);
    if (end < head.length) {
      return new String(head, 0, end, StandardCharsets.UTF_8);
    }
    // Not in the middle of a character: continuation bytes are 10xxxxxx.
    while (end > 0 && (head[end - 1] & 0xc0) == 0x80) {
      end--;
    }
    return new String(head, 0, Math.max(0, end - 1), StandardCharsets.UTF_8) + " …";
  }
}
