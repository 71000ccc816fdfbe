package io.touchstone.spark.choose;

import io.touchstone.conversation.line.RowProblem;
import io.touchstone.files.read.NumberedLine;
import io.touchstone.files.read.Piece;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Makes of rows what Spark sorts, in the bytes of {@link SortedBytes}. */
@FunctionalInterface
interface RowEntries extends Serializable {

  OfPiece of(Piece piece);

  /** Of the rows of one piece. */
  @FunctionalInterface
  interface OfPiece {

    /**
     * Null for a row whose fate depends on no other.
     *
     * @throws RowProblem if the row is to be rejected
     */
    byte @Nullable [] of(NumberedLine row);
  }
}
