package io.touchstone.spark.attempt;

import io.touchstone.files.read.Piece;
import java.io.Serializable;

/** Makes the work of each attempt, in its task. */
@FunctionalInterface
public interface PieceWorks extends Serializable {

  PieceWork<?> of(Piece piece);
}
