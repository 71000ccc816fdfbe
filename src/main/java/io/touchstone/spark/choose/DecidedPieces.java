package io.touchstone.spark.choose;

import io.touchstone.files.read.Piece;
import io.touchstone.jobs.choose.ChooseRule;
import io.touchstone.spark.attempt.Attempt;
import io.touchstone.spark.attempt.PieceTask;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** Writes pieces by what looking at all rows has decided on theirs. */
final class DecidedPieces {
  private DecidedPieces() {}

  /** Makes the rule by which the rows of a piece are written. */
  @FunctionalInterface
  interface Rules extends Serializable {

    /**
     * @param decisions on the piece's rows, in their order
     */
    ChooseRule of(Piece piece, Iterator<byte[]> decisions);
  }

  /**
   * Brings decisions to the pieces of their rows, and attempts these.
   *
   * @param decisions in no order; each begins with its row's position
   */
  static void attempt(JavaRDD<byte[]> decisions, List<Piece> missing, PieceTask task, Rules rules) {
    DecisionsByPiece byPiece = new DecisionsByPiece(missing);
    GlobalOrder.keys(decisions.filter(byPiece::concerns))
        .repartitionAndSortWithinPartitions(byPiece, new SortedBytes.Order())
        .keys()
        .mapPartitionsWithIndex(
            (index, sorted) -> {
              Piece piece = missing.get(index);
              new Attempt(piece, task, task.configuration())
                  .run(new ChooseWork(rules.of(piece, sorted)));
              return Collections.<Integer>emptyIterator();
            },
            false)
        .count();
  }
}
