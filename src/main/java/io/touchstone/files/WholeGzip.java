package io.touchstone.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A gzip file of one member or several, none of them passed over.
 *
 * <p>The JDK's stream takes a member whose header is cut off for trailing garbage and ends quietly;
 * here only zeros, the padding of some writers, may follow the last member.
 */
final class WholeGzip extends GZIPInputStream {
  private static final int BUFFER_BYTES = 64 << 10;

  private static final int TRAILER_BYTES = 8;

  private boolean ended;

  WholeGzip(InputStream in) throws IOException {
    super(in, BUFFER_BYTES);
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int read = super.read(into, from, length);
    if (read < 0 && !ended) {
      ended = true;
      refuseRemains();
    }
    return read;
  }

  private void refuseRemains() throws IOException {
    // The inflater was not reset after the last member: its input begins with that one's trailer.
    for (int i = len - inf.getRemaining() + TRAILER_BYTES; i < len; i++) {
      refuseUnlessZero(buf[i]);
    }
    for (int b = in.read(); b >= 0; b = in.read()) {
      refuseUnlessZero(b);
    }
  }

  private static void refuseUnlessZero(int b) throws ZipException {
    if (b != 0) {
      throw new ZipException(
          "gzip: expected the end of the file or another member after a member, found other bytes");
    }
  }
}
