package io.touchstone.files.columns;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A stream that someone else has opened, as the file that Parquet writes. */
final class CountingFile implements OutputFile {

  private static final int BUFFER_BYTES = 256 << 10;

  private final FSDataOutputStream stream;

  CountingFile(OutputStream out) {
    this.stream = new FSDataOutputStream(new BufferedOutputStream(out, BUFFER_BYTES), null);
  }

  /** Written so far. */
  long bytes() {
    return stream.getPos();
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) {
    return HadoopStreams.wrap(stream);
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) {
    return HadoopStreams.wrap(stream);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }
}
