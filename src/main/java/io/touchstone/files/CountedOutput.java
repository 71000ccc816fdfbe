package io.touchstone.files;

import io.touchstone.conversation.line.ByteScan;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Counts the bytes and the line ends that really go out. */
public final class CountedOutput extends FilterOutputStream {

  private long bytes;
  private long lines;

  public CountedOutput(OutputStream out) {
    super(out);
  }

  public long bytes() {
    return bytes;
  }

  public long lines() {
    return lines;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    bytes++;
    lines += b == '\n' ? 1 : 0;
  }

  @Override
  public void write(byte[] from, int start, int length) throws IOException {
    out.write(from, start, length);
    bytes += length;
    lines += ByteScan.count('\n', from, start, start + length);
  }
}
