package io.touchstone.spark.choose;

import io.touchstone.conversation.line.RowProblem;
import io.touchstone.files.read.NumberedLine;
import io.touchstone.files.read.Piece;
import io.touchstone.jobs.choose.FilterRequest;
import io.touchstone.jobs.choose.RowPosition;
import org.jspecify.annotations.Nullable;

/**
 * What a filter job sorts: {@link SortedBytes#digested} where equal conversations matter, else
 * scored ones.
 */
final class FilterEntries {
  private FilterEntries() {}

  static RowEntries of(FilterRequest request) {
    return piece -> row -> entry(request, piece, row);
  }

  /**
   * @throws RowProblem if the row is to be rejected
   */
  private static byte @Nullable [] entry(FilterRequest request, Piece piece, NumberedLine row) {
    FilterRequest.ReadRow read = request.read(row.bytes(), piece.file().format());
    if (!read.passed()) {
      return null;
    }
    long position = RowPosition.of(piece.index(), row.number());
    return request.dedups()
        ? SortedBytes.digested(read.digest(), position, read.score())
        : SortedBytes.scored(read.score(), position);
  }
}
