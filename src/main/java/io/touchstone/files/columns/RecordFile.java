package io.touchstone.files.columns;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/** Writes JSON rows as the records of one Parquet file. */
public final class RecordFile implements PartOutput {

  /** Held in memory until it is full; a piece of the usual size has two or three of them. */
  private static final long ROW_GROUP_BYTES = 16L << 20;

  private final Columns columns;
  private final CountingFile file;
  private final OutputStream out;
  private final ParquetWriter<Map<String, JsonNode>> records;
  private long rows;
  private boolean ended;

  /**
   * @param out is closed with the file
   */
  public RecordFile(Columns columns, OutputStream out) throws IOException {
    this.columns = columns;
    this.out = out;
    this.file = new CountingFile(out);
    this.records = new Builder(file, columns).build();
  }

  @Override
  public void row(byte[] row) throws IOException {
    records.write(columns.record(row));
    rows++;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public long bytes() {
    return file.bytes();
  }

  /** Ends the file; what was written is a whole Parquet file only then. */
  @Override
  public void close() throws IOException {
    if (!ended) {
      ended = true;
      // Closed twice after an error: the writer leaves its stream open then.
      try (out) {
        records.close();
      }
    }
  }

  private static final class Builder extends ParquetWriter.Builder<Map<String, JsonNode>, Builder> {

    private final Columns columns;

    Builder(OutputFile file, Columns columns) {
      super(file);
      this.columns = columns;
      withCompressionCodec(CompressionCodecName.ZSTD);
      withRowGroupSize(ROW_GROUP_BYTES);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Map<String, JsonNode>> getWriteSupport(Configuration configuration) {
      return new RecordWriting(columns);
    }
  }
}
