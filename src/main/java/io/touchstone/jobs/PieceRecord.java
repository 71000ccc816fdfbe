package io.touchstone.jobs;

import io.touchstone.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** What one piece gave; lies beside its rows and is there before them. */
public interface PieceRecord {

  /** Of the file, as it lies on disk, that the piece's lines stand for. */
  long inputBytes();

  /** Lines that are not blank. */
  long lines();

  /** Lines in the rejected part, counted by their ends as the bytes were written. */
  long rejects();

  /** Sizes of the piece's parts, by output folder. */
  List<Long> partSizes();

  /** Where the counts contradict each other. */
  List<String> contradictions();

  /**
   * Where the lines that went in are not those that came out.
   *
   * @param done what became of a line that is not rejected, such as {@code scored}
   * @param counted by what was done
   * @param rows lines in the part
   * @param rejects lines in the rejected part
   */
  static List<String> contradictions(String done, RowCounts counted, long rows, long rejects) {
    List<String> found = new ArrayList<>();
    expect(found, "lines read", counted.in(), "lines " + done + " or rejected", rows + rejects);
    expect(found, "rows " + done, counted.out(), "lines written", rows);
    expect(found, "lines rejected", counted.rejected(), "rejected lines written", rejects);
    return found;
  }

  private static void expect(
      List<String> found, String left, long leftCount, String right, long rightCount) {
    if (leftCount != rightCount) {
      found.add(
          new Problem("")
              .expected("as many " + right + " as " + left)
              .found(rightCount + " and " + leftCount));
    }
  }
}
