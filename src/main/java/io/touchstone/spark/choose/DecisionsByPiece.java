package io.touchstone.spark.choose;

import io.touchstone.files.read.Piece;
import io.touchstone.jobs.choose.RowPosition;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.Partitioner;

/** A partition for each piece that is to be written; what concerns others goes to the first. */
final class DecisionsByPiece extends Partitioner {

  private static final long serialVersionUID = 1L;

  private final int[] pieces;

  /**
   * @param missing ordered by index
   */
  DecisionsByPiece(List<Piece> missing) {
    this.pieces = missing.stream().mapToInt(Piece::index).toArray();
  }

  boolean concerns(byte[] decision) {
    return Arrays.binarySearch(pieces, piece(decision)) >= 0;
  }

  @Override
  public int numPartitions() {
    return pieces.length;
  }

  @Override
  public int getPartition(Object decision) {
    return Math.max(0, Arrays.binarySearch(pieces, piece((byte[]) decision)));
  }

  private static int piece(byte[] decision) {
    return RowPosition.piece(ByteBuffer.wrap(decision).getLong());
  }
}
