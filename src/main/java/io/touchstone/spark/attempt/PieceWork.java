package io.touchstone.spark.attempt;

import io.touchstone.files.commit.PieceOutputs;
import io.touchstone.jobs.PieceRecord;
import java.io.IOException;

/** What one attempt does with the lines of its piece. */
public interface PieceWork<T extends Record & PieceRecord> {

  /**
   * Reads the lines to their end and writes what becomes of each.
   *
   * @return what the piece gave, counted once the outputs are {@linkplain PieceOutputs#finish()
   *     finished}
   */
  T work(OpenPiece open) throws IOException;

  /**
   * Whether the same work, begun anew, would not meet again what went wrong.
   *
   * @param failure of {@link #work}
   */
  default boolean isToBeginAnew(RuntimeException failure) {
    return false;
  }

  /** After the piece is committed, by this attempt or by another. */
  default void committed() throws IOException {}
}
