package io.touchstone.files.part;

import io.touchstone.files.Compression;
import io.touchstone.files.CountedOutput;
import io.touchstone.files.columns.PartOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Rows as lines.
 *
 * @param lines as they are; they are counted by their ends as the bytes go out
 * @param stored the bytes as they are stored; the same stream unless they are compressed
 */
public record LinePart(CountedOutput lines, CountedOutput stored) implements PartOutput {

  public static final int BUFFER_BYTES = 256 << 10;

  static LinePart of(Compression compression, OutputStream out) throws IOException {
    CountedOutput stored = counted(out);
    return compression == Compression.NONE
        ? new LinePart(stored, stored)
        : new LinePart(counted(compression.over(stored)), stored);
  }

  private static CountedOutput counted(OutputStream out) {
    return new CountedOutput(new BufferedOutputStream(out, BUFFER_BYTES));
  }

  @Override
  public void row(byte[] line) throws IOException {
    lines.write(line, 0, line.length);
    lines.write('\n');
  }

  @Override
  public long rows() {
    return lines.lines();
  }

  @Override
  public long bytes() {
    return stored.bytes();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
