package io.touchstone.files;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.touchstone.problem.UnfitInputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** How the bytes of an input file are stored, told by the last ending of its name. */
public enum Codec {
  NONE(""),
  GZIP(".gz"),
  ZSTD(".zst"),
  BZIP2(".bz2");

  private static final int BUFFER_BYTES = 64 << 10;

  private final String ending;

  Codec(String ending) {
    this.ending = ending;
  }

  String ending() {
    return ending;
  }

  /**
   * What the stored bytes stand for: all members, streams or frames of a file, none passed over.
   *
   * @throws IOException from here or from a later read, if what is stored is damaged or cut off
   */
  public InputStream plain(CountedInput stored) throws IOException {
    return switch (this) {
      case NONE -> stored;
      case GZIP -> new WholeGzip(stored);
      case ZSTD -> new BoundedZstd(stored);
      // It asks for single bytes. Hadoop's own reader ends quietly where a stream is cut off.
      case BZIP2 ->
          new BZip2CompressorInputStream(new BufferedInputStream(stored, BUFFER_BYTES), true);
    };
  }

  /** Zstd as its library reads it by default, with a window of at most 128 MiB in memory. */
  private static final class BoundedZstd extends ZstdInputStreamNoFinalizer {

    BoundedZstd(InputStream in) throws IOException {
      super(in);
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      try {
        return super.read(into, from, length);
      } catch (ZstdIOException e) {
        if (e.getErrorCode() != Zstd.errFrameParameterWindowTooLarge()) {
          throw e;
        }
        throw new UnfitInputException(
            "expected zstd with a window of at most 128 MiB, found a larger one, of zstd --long:"
                + " write the file again, zstd -dc --long=31 FILE | zstd -o NEW");
      }
    }
  }
}
