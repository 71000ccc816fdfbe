package io.touchstone.jobs;

import io.touchstone.conversation.line.ByteScan;
import io.touchstone.files.CountedInput;
import io.touchstone.files.columns.RecordSource;
import io.touchstone.files.commit.OutputFolder;
import io.touchstone.files.commit.OutputLayout;
import io.touchstone.files.part.PartFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/** The first scored row of an output, for the user to look at. */
public final class FirstRow {

  private static final int MOST_BYTES = 1 << 16;

  private FirstRow() {}

  public static Optional<String> of(OutputFolder folder) throws IOException {
    Map<Integer, Long> parts = new TreeMap<>(folder.partSizes());
    if (folder.layout().parts() instanceof PartFormat.Records) {
      return ofRecords(folder, List.copyOf(parts.keySet()));
    }
    for (Map.Entry<Integer, Long> part : parts.entrySet()) {
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
            new CountedInput(folder.store().files().open(layout.part(piece)), bytes);
        InputStream plain = layout.parts().kind().codec().plain(stored)) {
      return plain.readNBytes(MOST_BYTES);
    }
  }

  private static String text(byte[] head) {
    int end = ByteScan.next('\n', head, 0, head.length);
    if (end < head.length) {
      return new String(head, 0, end, StandardCharsets.UTF_8);
    }
    // Not in the middle of a character: continuation bytes are 10xxxxxx.
    while (end > 0 && (head[end - 1] & 0xc0) == 0x80) {
      end--;
    }
    return new String(head, 0, Math.max(0, end - 1), StandardCharsets.UTF_8) + " …";
  }

  /** A Parquet file without rows has bytes all the same. */
  private static Optional<String> ofRecords(OutputFolder folder, List<Integer> pieces)
      throws IOException {
    RecordSource.Range whole = new RecordSource.Range(0, Long.MAX_VALUE);
    for (int piece : pieces) {
      Path part = folder.layout().part(piece);
      try (RecordSource records =
          RecordSource.open(part, whole, folder.store().files().getConf())) {
        byte[] row = records.next();
        if (row != null) {
          return Optional.of(new String(row, StandardCharsets.UTF_8));
        }
      }
    }
    return Optional.empty();
  }
}
