package io.touchstone.files.read;

import io.touchstone.conversation.line.RawLine;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines that start in a range of a plain file. */
final class ByteRangeLines implements LineSource {

  private final InputStream in;
  private final LineReader reader;
  private final long end;
  private final long first;

  /**
   * @param in stands at {@code start - 1}, or at 0 for a range from 0: a line starts where a line
   *     feed stands before it
   */
  ByteRangeLines(InputStream in, long start, long end, LineBuffer buffer) throws IOException {
    this.in = in;
    this.end = end;
    this.reader = new LineReader(in, Math.max(0, start - 1), buffer);
    if (start > 0) {
      reader.skipLine(end);
    }
    this.first = reader.position();
  }

  @Override
  public @Nullable RawLine next() throws IOException {
    return reader.position() < end ? reader.next() : null;
  }

  @Override
  public long inputBytes() {
    return reader.position() - first;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
