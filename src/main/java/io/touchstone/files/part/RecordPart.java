package io.touchstone.files.part;

import io.touchstone.files.columns.RecordFile;
import java.io.IOException;

/** Rows as the records of a Parquet file. */
record RecordPart(RecordFile file) implements PartOutput {

  @Override
  public void row(byte[] line) throws IOException {
    file.row(line);
  }

  @Override
  public long rows() {
    return file.rows();
  }

  @Override
  public long bytes() {
    return file.bytes();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
