package io.touchstone.files.part;

import io.touchstone.files.Compression;
import io.touchstone.files.FileKind;
import io.touchstone.files.columns.Columns;
import io.touchstone.files.columns.PartOutput;
import io.touchstone.files.columns.RecordFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the parts of a result are. */
public sealed interface PartFormat extends Serializable {

  /** JSON lines. */
  record Lines(Compression compression) implements PartFormat {}

  /** Parquet files, all of the same columns. */
  record Records(Columns columns) implements PartFormat {}

  /** What a part is to whoever reads it. */
  default FileKind kind() {
    return this instanceof Lines lines ? lines.compression.kind() : FileKind.PARQUET;
  }

  /** What an output folder's plan keeps: nothing of lines, whose compression it knows. */
  default SortedMap<String, String> settings() {
    SortedMap<String, String> settings = new TreeMap<>();
    if (this instanceof Records records) {
      settings.put("output-format", "parquet");
      settings.put("columns", records.columns.toString());
    }
    return settings;
  }

  /**
   * @param out is closed with the part, or where it cannot be begun
   */
  default PartOutput open(OutputStream out) throws IOException {
    try {
      if (this instanceof Records records) {
        return new RecordFile(records.columns, out);
      }
      return LinePart.of(((Lines) this).compression, out);
    } catch (IOException | RuntimeException e) {
      out.close();
      throw e;
    }
  }
}
