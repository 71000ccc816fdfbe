package io.touchstone.spark;

import io.touchstone.spark.columns.Columns;
import io.touchstone.spark.columns.RecordFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.List;

/** What the parts of a result are. */
public sealed interface PartFormat extends Serializable {

  /** How the names of parts end, whatever they are. */
  List<String> ENDINGS = List.of(Lines.ENDING, Records.ENDING);

  /** JSON lines. */
  record Lines() implements PartFormat {
    private static final String ENDING = ".jsonl";
  }

  /** Parquet files, all of the same columns. */
  record Records(Columns columns) implements PartFormat {
    private static final String ENDING = ".parquet";
  }

  default String ending() {
    return this instanceof Records ? Records.ENDING : Lines.ENDING;
  }

  /**
   * @param out is closed with the part, or where it cannot be begun
   */
  default PartOutput open(OutputStream out) throws IOException {
    try {
      return this instanceof Records records
          ? new RecordPart(new RecordFile(records.columns, out))
          : new LinePart(out);
    } catch (IOException | RuntimeException e) {
      out.close();
      throw e;
    }
  }
}
