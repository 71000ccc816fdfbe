package io.touchstone.files.read;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.columns.RecordSource;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** The records of a range of a Parquet file, each as a JSON row; its offset is its number. */
final class ParquetLines implements LineSource {

  private final Piece piece;
  private final RecordSource records;
  private final LineBuffer line;
  private long read;
  private boolean ended;

  private ParquetLines(Piece piece, RecordSource records, LineBuffer line) {
    this.piece = piece;
    this.records = records;
    this.line = line;
  }

  static ParquetLines open(Piece piece, Configuration hadoop, LineBuffer line) throws IOException {
    // Its footer would name other row groups than those that the piece is of.
    new InputChanges(hadoop).refuse(piece.file());
    Path path = new Path(piece.file().path());
    RecordSource.Range range = new RecordSource.Range(piece.start(), piece.end());
    return new ParquetLines(
        piece, RecordSource.open(path, range, piece.file().dropped(), hadoop), line);
  }

  @Override
  public @Nullable RawLine next() throws IOException {
    byte[] row = records.next();
    if (row == null) {
      ended = true;
      return null;
    }
    read++;
    line.append(row, 0, row.length);
    return line.take(records.number());
  }

  /** Of a range's bytes as many as of its rows; all once it is read. */
  @Override
  public long inputBytes() {
    return ended ? piece.bytes() : (long) ((double) piece.bytes() * read / (records.rows() + 1));
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
