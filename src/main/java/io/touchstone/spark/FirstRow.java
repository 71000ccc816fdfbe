package io.touchstone.spark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The first scored row of an output, for the user to look at. */
final class FirstRow {

  private static final int MOST_BYTES = 1 << 16;

  private FirstRow() {}

  static Optional<String> of(OutputFolder folder) throws IOException {
    Optional<Integer> piece =
        folder.partSizes().entrySet().stream()
            .filter(part -> part.getValue() > 0)
            .map(Map.Entry::getKey)
            .min(Integer::compare);
    if (piece.isEmpty()) {
      return Optional.empty();
    }
    byte[] head;
    try (InputStream in = folder.placement().files().open(folder.layout().part(piece.get()))) {
      head = in.readNBytes(MOST_BYTES);
    }
    int end = NewlineScan.next(head, 0, head.length);
    if (end < head.length) {
      return Optional.of(new String(head, 0, end, StandardCharsets.UTF_8));
    }
    // Not in the middle of a character: continuation bytes are 10xxxxxx.
    while (end > 0 && (head[end - 1] & 0xc0) == 0x80) {
      end--;
    }
    return Optional.of(new String(head, 0, Math.max(0, end - 1), StandardCharsets.UTF_8) + " …");
  }
}
