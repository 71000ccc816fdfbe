package io.touchstone.jobs.generate;

import io.touchstone.jobs.PieceRecord;
import java.util.List;

/**
 * What one piece gave whose rows were answered.
 *
 * @param rows lines in the part, counted by their ends as the bytes were written
 * @param partBytes size of the part
 * @param loadNanos time to open the replica, where this piece was the first to need it
 * @param wallNanos of the attempt
 */
public record GenerateRecord(
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
    GenerateTotals totals)
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
    return PieceRecord.contradictions("answered", totals.rows(), rows, rejects);
  }
}
