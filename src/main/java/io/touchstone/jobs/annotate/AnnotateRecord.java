package io.touchstone.jobs.annotate;

import io.touchstone.jobs.PieceRecord;
import io.touchstone.jobs.RowCounts;
import io.touchstone.scoring.pipeline.AnnotationTotals;
import java.util.List;

/**
 * What one annotated piece gave.
 *
 * @param rows lines in the part, counted by their ends as the bytes were written
 * @param partBytes size of the part
 * @param loadNanos time to open the replica, where this piece was the first to need it
 * @param wallNanos of the attempt
 */
public record AnnotateRecord(
    int piece,
    String source,
    long start,
    long inputBytes,
    long rows,
    long rejects,
    long partBytes,
    long loadNanos,
    long wallNanos,
    String executor,
    long processId,
    AnnotationTotals totals)
    implements PieceRecord {

  @Override
  public long lines() {
    return rows + rejects;
  }

  @Override
  public List<Long> partSizes() {
    return List.of(partBytes);
  }

  @Override
  public List<String> contradictions() {
    return PieceRecord.contradictions(
        "scored",
        new RowCounts(totals.in(), totals.out(), totals.rejectedLines(), totals.blank()),
        rows,
        rejects);
  }
}
