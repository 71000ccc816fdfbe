package io.touchstone.files.columns;

import io.touchstone.problem.UnfitInputException;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** The records of a range of a Parquet file, as JSON rows in their order. One thread's. */
public final class RecordSource implements Closeable {

  private final ParquetReader<Group> records;
  private final RecordJson.Forms forms = new RecordJson.Forms();
  private final long rows;
  private long number;

  private RecordSource(ParquetReader<Group> records, long rows) {
    this.records = records;
    this.rows = rows;
  }

  /**
   * What a Parquet file says of itself.
   *
   * @param columns without those that are left out
   * @param names of all its columns
   * @param bytes its size
   * @param borders where its row groups begin, without the first
   */
  public record Footer(Columns columns, Set<String> names, long bytes, List<Long> borders) {}

  /** Bytes of a file; a row group belongs to the range that has its middle. */
  public record Range(long start, long end) {}

  /**
   * @param dropped columns that are not read
   * @throws UnfitInputException if there is a column that JSON rows cannot hold, or one whose
   *     compression is not known here, or if none is left
   * @throws IOException if the file is no Parquet file
   */
  public static Footer footer(Path path, Set<String> dropped, Configuration hadoop)
      throws IOException {
    InputFile file = HadoopInputFile.fromPath(path, hadoop);
    ParquetMetadata footer = read(file);
    refuseUnknownCodecs(footer, hadoop);
    List<Long> borders =
        footer.getBlocks().stream().map(BlockMetaData::getStartingPos).sorted().skip(1).toList();
    MessageType schema = footer.getFileMetaData().getSchema();
    Set<String> names = new LinkedHashSet<>();
    schema.getFields().forEach(column -> names.add(column.getName()));
    return new Footer(
        RecordSchema.columns(without(dropped, schema)), names, file.getLength(), borders);
  }

  private static MessageType without(Set<String> dropped, MessageType schema)
      throws UnfitInputException {
    List<Type> left =
        schema.getFields().stream().filter(column -> !dropped.contains(column.getName())).toList();
    if (left.isEmpty() && schema.getFieldCount() > 0) {
      throw new UnfitInputException(
          "expected a column that --drop-columns leaves, found none but "
              + String.join(", ", dropped));
    }
    return new MessageType(schema.getName(), left);
  }

  /** Reads all columns. */
  public static RecordSource open(Path path, Range range, Configuration hadoop) throws IOException {
    return open(path, range, Set.of(), hadoop);
  }

  /**
   * @param dropped columns that are not read
   * @throws IOException as {@link #footer}
   */
  public static RecordSource open(Path path, Range range, Set<String> dropped, Configuration hadoop)
      throws IOException {
    InputFile file = HadoopInputFile.fromPath(path, hadoop);
    ParquetMetadata footer = read(file);
    refuseUnknownCodecs(footer, hadoop);
    MessageType read = without(dropped, footer.getFileMetaData().getSchema());
    RecordSchema.columns(read);
    long rows = 0;
    for (BlockMetaData group : footer.getBlocks()) {
      long middle = group.getStartingPos() + group.getCompressedSize() / 2;
      rows += middle >= range.start && middle < range.end ? group.getRowCount() : 0;
    }
    return new RecordSource(
        new Builder(file, read).withConf(hadoop).withFileRange(range.start, range.end).build(),
        rows);
  }

  private static ParquetMetadata read(InputFile file) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(file)) {
      return reader.getFooter();
    } catch (RuntimeException e) {
      throw new IOException("expected a Parquet file, found " + e.getMessage(), e);
    }
  }

  /** Parquet finds the codecs of some compressions, Brotli for one, by names of foreign classes. */
  private static void refuseUnknownCodecs(ParquetMetadata footer, Configuration hadoop)
      throws UnfitInputException {
    for (BlockMetaData group : footer.getBlocks()) {
      for (ColumnChunkMetaData column : group.getColumns()) {
        String codec = column.getCodec().getHadoopCompressionCodecClassName();
        if (codec != null && hadoop.getClassByNameOrNull(codec) == null) {
          throw new UnfitInputException(
              "expected pages as they are, or in snappy, gzip, lz4 or zstd, found "
                  + column.getCodec()
                  + " in column "
                  + column.getPath().toDotString()
                  + ": write the file again, in Python"
                  + " pyarrow.parquet.write_table(pyarrow.parquet.read_table('FILE'),"
                  + " 'NEW.parquet', compression='zstd')");
        }
      }
    }
  }

  /** Rows of the range. */
  public long rows() {
    return rows;
  }

  /** Of the last row that was read, in the whole file, from 0. */
  public long number() {
    return number;
  }

  /** The next record as one JSON object in UTF-8; null after the last. */
  public byte @Nullable [] next() throws IOException {
    try {
      Group record = records.read();
      if (record == null) {
        return null;
      }
      number = records.getCurrentRowIndex();
      return RecordJson.of(record, forms);
    } catch (RuntimeException e) {
      throw new IOException("the row after row " + number + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    records.close();
  }

  private static final class Builder extends ParquetReader.Builder<Group> {

    private final MessageType read;

    Builder(InputFile file, MessageType read) {
      super(file);
      this.read = read;
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport() {
        @Override
        public ReadContext init(InitContext context) {
          return new ReadContext(read);
        }
      };
    }
  }
}
