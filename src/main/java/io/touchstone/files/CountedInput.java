package io.touchstone.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts what is read of a file of known size.
 *
 * <p>Its {@code available} says truly whether more is to come, which java.util.zip relies on to
 * find the next member of a gzip file and which not every filesystem's streams do.
 */
public final class CountedInput extends FilterInputStream {

  private final long bytes;
  private long count;

  public CountedInput(InputStream in, long bytes) {
    super(in);
    this.bytes = bytes;
  }

  public long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    count += b < 0 ? 0 : 1;
    return b;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int read = super.read(into, from, length);
    count += Math.max(0, read);
    return read;
  }

  @Override
  public long skip(long n) throws IOException {
    long skipped = super.skip(n);
    count += skipped;
    return skipped;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(0, bytes - count));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
