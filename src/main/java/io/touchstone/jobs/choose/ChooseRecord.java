package io.touchstone.jobs.choose;

import io.touchstone.jobs.PieceRecord;
import io.touchstone.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * What one piece gave in a job that reads rows and writes rows.
 *
 * @param in lines that are not blank
 * @param rejected by kind
 * @param verdicts rows that were not rejected, by verdict
 * @param notes what else was counted
 * @param written by output folder
 */
public record ChooseRecord(
    int piece,
    String source,
    long start,
    long inputBytes,
    long in,
    long blank,
    SortedMap<String, Long> rejected,
    SortedMap<String, Long> verdicts,
    SortedMap<String, Long> notes,
    List<Written> written,
    long rejects,
    long wallNanos)
    implements PieceRecord {

  /**
   * @param rows lines in the part, counted by their ends as the bytes were written
   * @param bytes size of the part
   */
  public record Written(long rows, long bytes) {}

  @Override
  public long lines() {
    return in;
  }

  @Override
  public List<Long> partSizes() {
    return written.stream().map(Written::bytes).toList();
  }

  @Override
  public List<String> contradictions() {
    long rejectedRows = sum(rejected);
    List<String> found = new ArrayList<>();
    if (in != sum(verdicts) + rejectedRows) {
      found.add(
          new Problem("")
              .expected("a verdict on each of " + in + " rows")
              .found(sum(verdicts) + " and " + rejectedRows + " rejections"));
    }
    if (rejects != rejectedRows) {
      found.add(
          new Problem("").expected(rejectedRows + " rejected lines to be written").found(rejects));
    }
    return found;
  }

  public static long sum(SortedMap<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
