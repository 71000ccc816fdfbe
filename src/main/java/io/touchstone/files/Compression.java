package io.touchstone.files;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** How parts of an output are compressed; the same lines give the same bytes. */
public enum Compression {
  NONE(FileKind.LINES),
  GZ(FileKind.GZIP_LINES),
  ZST(FileKind.ZSTD_LINES);

  private static final int ZSTD_LEVEL = 3;
  private static final int BUFFER_BYTES = 64 << 10;

  private final FileKind kind;

  Compression(FileKind kind) {
    this.kind = kind;
  }

  /** What a part is to whoever reads it. */
  public FileKind kind() {
    return kind;
  }

  /** Closing it closes {@code out}. */
  public OutputStream over(OutputStream out) throws IOException {
    return switch (this) {
      case NONE -> out;
      // The JDK writes no time into the header.
      case GZ -> new GZIPOutputStream(out, BUFFER_BYTES);
      case ZST -> new ZstdOutputStreamNoFinalizer(out, ZSTD_LEVEL).setChecksum(true);
    };
  }
}
