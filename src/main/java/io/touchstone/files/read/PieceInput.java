package io.touchstone.files.read;

import io.touchstone.files.CountedInput;
import io.touchstone.files.FileKind;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** Opens pieces for reading. */
public record PieceInput(Configuration hadoop, long maxLineBytes) {

  public LineSource open(Piece piece) throws IOException {
    Path path = new Path(piece.file().path());
    try {
      LineSource lines = opened(piece, path);
      boolean drops = !piece.file().dropped().isEmpty() && piece.file().kind() != FileKind.PARQUET;
      return new ExplainedLines(
          drops ? new DroppedFields(lines, piece.file().dropped()) : lines, path);
    } catch (IOException e) {
      throw ReadFailure.explained(e, path);
    }
  }

  private LineSource opened(Piece piece, Path path) throws IOException {
    InputFile file = piece.file();
    LineBuffer buffer = new LineBuffer(file.path(), maxLineBytes);
    // An empty file has no rows, whatever its kind.
    FileKind kind = file.bytes() == 0 ? FileKind.LINES : file.kind();
    if (kind == FileKind.PARQUET) {
      return ParquetLines.open(piece, hadoop, buffer);
    }
    return opened(piece, kind, path.getFileSystem(hadoop).open(path), buffer);
  }

  private static LineSource opened(
      Piece piece, FileKind kind, FSDataInputStream in, LineBuffer buffer) throws IOException {
    try {
      if (kind == FileKind.LINES) {
        in.seek(Math.max(0, piece.start() - 1));
        return StreamLines.ofRange(in, piece.start(), piece.end(), buffer);
      }
      if (kind == FileKind.ARRAY) {
        return ArrayLines.of(in, buffer);
      }
      CountedInput stored = new CountedInput(in, piece.file().bytes());
      InputStream plain = kind.codec().plain(stored);
      return kind.layout() == FileKind.Layout.LINES
          ? StreamLines.of(stored, plain, buffer)
          : ArrayLines.of(stored, plain, buffer);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }
}
