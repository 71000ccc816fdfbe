package io.touchstone.files.read;

import io.touchstone.conversation.line.RawLine;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The lines at the beginning of a file that can be rows: blank ones and those over the limit are
 * passed. They end after 100, or a mebibyte.
 */
public final class FirstRows implements Closeable {

  private static final int MOST_ROWS = 100;
  private static final long MOST_BYTES = 1 << 20;

  private final LineSource lines;
  private int rows;
  private long bytes;
  private boolean passedTooLong;

  private FirstRows(LineSource lines) {
    this.lines = lines;
  }

  public static FirstRows of(InputFile file, long maxLineBytes, Configuration hadoop)
      throws IOException {
    return new FirstRows(LineSource.of(Piece.whole(file), maxLineBytes, hadoop));
  }

  /** The next row; null after the last. */
  public byte @Nullable [] next() throws IOException {
    while (rows < MOST_ROWS && bytes < MOST_BYTES) {
      RawLine line = lines.next();
      if (line == null) {
        return null;
      }
      passedTooLong |= line instanceof RawLine.TooLong;
      if (line instanceof RawLine.Whole whole && !line.isBlank()) {
        rows++;
        bytes += whole.bytes().length;
        return whole.bytes();
      }
    }
    return null;
  }

  /** After the last row: whether the file has more than these rows and blank lines. */
  boolean passedUnreadable() {
    return passedTooLong || lines.remains().isPresent();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
