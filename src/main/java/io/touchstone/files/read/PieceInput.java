package io.touchstone.files.read;

import io.touchstone.files.CountedInput;
import io.touchstone.files.FileKind;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** Opens pieces for reading; long lines go to the attempt's spill folder. */
public record PieceInput(Configuration hadoop, long maxLineBytes, SpillFolder spills) {

  public LineSource open(Piece piece) throws IOException {
    InputFile file = piece.file();
    Path path = new Path(file.path());
    LineBuffer buffer = new LineBuffer(file.path(), maxLineBytes, spills);
    // An empty file has no rows, whatever its kind.
    FileKind kind = file.bytes() == 0 ? FileKind.LINES : file.kind();
    if (kind == FileKind.PARQUET) {
      return ParquetLines.open(piece, hadoop, buffer);
    }
    return open(piece, kind, path.getFileSystem(hadoop).open(path), buffer);
  }

  private static LineSource open(
      Piece piece, FileKind kind, FSDataInputStream in, LineBuffer buffer) throws IOException {
    InputFile file = piece.file();
    try {
      return switch (kind) {
        case LINES -> {
          in.seek(Math.max(0, piece.start() - 1));
          yield StreamLines.ofRange(in, piece.start(), piece.end(), buffer);
        }
        case GZIP_LINES, ZSTD_LINES -> {
          CountedInput compressed = new CountedInput(in, file.bytes());
          yield StreamLines.of(compressed, kind.plain(compressed), buffer);
        }
        case ARRAY -> new ArrayLines(in, buffer);
        case PARQUET -> throw new IllegalArgumentException("records are no lines of a stream");
      };
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }
}
