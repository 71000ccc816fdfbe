package io.touchstone.spark.attempt;

import io.touchstone.files.commit.OutputFolders;
import io.touchstone.files.read.InputFile;
import io.touchstone.files.read.Piece;
import io.touchstone.jobs.EarlyStop;
import io.touchstone.jobs.PieceRecord;
import io.touchstone.jobs.RejectionBound;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A job that commits pieces, as its run on the driver sees it.
 *
 * @param name as users call it
 * @param bound of the lines that may be rejected
 * @param records what a committed piece leaves beside its rows
 */
public record PieceJob<T extends Record & PieceRecord>(
    String name,
    List<Piece> pieces,
    long maxLineBytes,
    OutputFolders folders,
    RejectionBound bound,
    Class<T> records) {

  public PieceJob {
    pieces = List.copyOf(pieces);
  }

  long bytes() {
    return bytes(pieces);
  }

  static long bytes(List<Piece> pieces) {
    return pieces.stream().mapToLong(Piece::bytes).sum();
  }

  /** Each once, in their order. */
  Set<InputFile> files() {
    return pieces.stream().map(Piece::file).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  List<Piece> without(Set<Integer> done) {
    return pieces.stream().filter(piece -> !done.contains(piece.index())).toList();
  }

  /** When a reading of all pieces need not go on. */
  public EarlyStop stop() {
    return EarlyStop.of(bound, bytes());
  }
}
