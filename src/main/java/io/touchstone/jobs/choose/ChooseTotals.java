package io.touchstone.jobs.choose;

import io.touchstone.files.commit.OutputFolders;
import io.touchstone.jobs.Finished;
import io.touchstone.problem.JobException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The numbers of several pieces together, as {@link ChooseRecord} has them for one.
 *
 * @param written rows by output folder
 * @param withheld rejected lines of which only the place and the reason were written
 */
public record ChooseTotals(
    long in,
    long blank,
    SortedMap<String, Long> rejected,
    SortedMap<String, Long> verdicts,
    SortedMap<String, Long> notes,
    List<Long> written,
    long withheld) {

  public ChooseTotals {
    rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
    verdicts = Collections.unmodifiableSortedMap(new TreeMap<>(verdicts));
    notes = Collections.unmodifiableSortedMap(new TreeMap<>(notes));
    written = List.copyOf(written);
  }

  /**
   * Reads back what all pieces of a plan gave.
   *
   * @throws JobException with the figures, if anything does not add up
   */
  public static ChooseTotals verified(ChoosePlan plan, OutputFolders folders) throws IOException {
    return Finished.verified(
        plan.pieces(), folders, ChooseRecord.class, none(folders.all().size()), ChooseTotals::plus);
  }

  public long rejectedLines() {
    return ChooseRecord.sum(rejected);
  }

  private static ChooseTotals none(int folders) {
    return new ChooseTotals(
        0,
        0,
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        Collections.nCopies(folders, 0L),
        0);
  }

  private ChooseTotals plus(ChooseRecord piece, long withheldHere) {
    List<Long> sums = new ArrayList<>();
    for (int folder = 0; folder < written.size(); folder++) {
      sums.add(written.get(folder) + piece.written().get(folder).rows());
    }
    return new ChooseTotals(
        in + piece.in(),
        blank + piece.blank(),
        sum(rejected, piece.rejected()),
        sum(verdicts, piece.verdicts()),
        sum(notes, piece.notes()),
        sums,
        withheld + withheldHere);
  }

  private static SortedMap<String, Long> sum(
      SortedMap<String, Long> left, SortedMap<String, Long> right) {
    SortedMap<String, Long> sum = new TreeMap<>(left);
    right.forEach((word, count) -> sum.merge(word, count, Long::sum));
    return sum;
  }
}
