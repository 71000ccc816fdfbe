package io.touchstone.spark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Rows as lines; they are counted by their ends as the bytes go out. */
final class LinePart implements PartOutput {

  static final int BUFFER_BYTES = 256 << 10;

  private final CountedOutput out;

  LinePart(OutputStream out) {
    this.out = new CountedOutput(new BufferedOutputStream(out, BUFFER_BYTES));
  }

  @Override
  public void row(byte[] line) throws IOException {
    out.write(line, 0, line.length);
    out.write('\n');
  }

  @Override
  public long rows() {
    return out.lines();
  }

  @Override
  public long bytes() {
    return out.bytes();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
