package io.touchstone.files.read;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.CountedInput;
import io.touchstone.problem.UnfitInputException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream of bytes.
 *
 * @param in what {@code reader} reads; is closed with the lines
 * @param end offset from which on no line starts that is one of these
 * @param bytesRead of the file, as it lies on disk, that were read
 */
record StreamLines(InputStream in, LineReader reader, long end, LongSupplier bytesRead)
    implements LineSource {

  /**
   * The lines that start in a range of a plain file.
   *
   * @param in stands at {@code start - 1}, or at 0 for a range from 0: a line starts where a line
   *     feed stands before it
   * @throws UnfitInputException if the file's start shows that its rows are no lines
   */
  static StreamLines ofRange(InputStream in, long start, long end, LineBuffer buffer)
      throws IOException {
    LineReader reader = new LineReader(in, Math.max(0, start - 1), buffer);
    if (start == 0) {
      reader.start().refuseUnlessLines();
      return new StreamLines(in, reader, end, reader::position);
    }
    reader.skipLine(end);
    long first = reader.position();
    return new StreamLines(in, reader, end, () -> reader.position() - first);
  }

  /**
   * The lines of a whole compressed file.
   *
   * @throws UnfitInputException as {@link #ofRange}
   */
  static StreamLines of(CountedInput compressed, InputStream plain, LineBuffer buffer)
      throws IOException {
    LineReader reader = new LineReader(plain, 0, buffer);
    reader.start().refuseUnlessLines();
    return new StreamLines(plain, reader, Long.MAX_VALUE, compressed::count);
  }

  @Override
  public @Nullable RawLine next() throws IOException {
    return reader.position() < end ? reader.next() : null;
  }

  @Override
  public long inputBytes() {
    return bytesRead.getAsLong();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
