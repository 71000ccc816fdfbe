package io.touchstone.files;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of input files, told by how their names end. */
public enum FileKind {
  LINES(".jsonl"),
  GZIP_LINES(".jsonl.gz"),
  ZSTD_LINES(".jsonl.zst"),
  ARRAY(".json"),
  PARQUET(".parquet");

  private final String ending;

  FileKind(String ending) {
    this.ending = ending;
  }

  public String ending() {
    return ending;
  }

  /** What the file's bytes stand for. */
  public InputStream plain(CountedInput stored) throws IOException {
    return switch (this) {
      case LINES, ARRAY, PARQUET -> stored;
      case GZIP_LINES -> new WholeGzip(stored);
      case ZSTD_LINES -> new ZstdInputStreamNoFinalizer(stored);
    };
  }

  public static Optional<FileKind> of(String fileName) {
    return Arrays.stream(values()).filter(kind -> fileName.endsWith(kind.ending)).findFirst();
  }

  public static String endings() {
    return Arrays.stream(values()).map(kind -> kind.ending).collect(Collectors.joining(", "));
  }
}
