package io.touchstone.files.columns;

import java.io.Closeable;
import java.io.IOException;

/** The rows of one attempt on their way into its file. */
public interface PartOutput extends Closeable {

  /**
   * @param line a JSON object in UTF-8, without a line end
   */
  void row(byte[] line) throws IOException;

  /** Rows that went out. */
  long rows();

  /** Size of the file, once it is closed. */
  long bytes();
}
