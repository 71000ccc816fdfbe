package io.touchstone.jobs.choose;

import io.touchstone.files.commit.OutputFolder;
import io.touchstone.files.commit.PieceCommit;
import io.touchstone.files.read.InputFile;
import io.touchstone.files.read.Piece;
import io.touchstone.jobs.annotate.FinishedAnnotate;
import io.touchstone.problem.JobException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads back what the pieces of a job that reads rows and writes rows gave together. */
public final class FinishedChoose {

  private final List<OutputFolder> folders;
  private final List<String> problems = new ArrayList<>();

  private FinishedChoose(List<OutputFolder> folders) {
    this.folders = folders;
  }

  /**
   * Holds every piece's numbers against the parts and the inputs.
   *
   * @throws JobException with the figures, if anything does not add up
   */
  public static ChooseTotals verified(ChoosePlan plan, List<OutputFolder> folders)
      throws IOException {
    FinishedChoose finished = new FinishedChoose(folders);
    ChooseTotals totals = finished.read(plan);
    if (!finished.problems.isEmpty()) {
      throw new JobException(
          "the output does not add up:\n" + FinishedAnnotate.listed(finished.problems));
    }
    return totals;
  }

  private ChooseTotals read(ChoosePlan plan) throws IOException {
    List<Map<Integer, Long>> parts = new ArrayList<>();
    for (OutputFolder folder : folders) {
      parts.add(folder.partSizes());
    }
    Map<Integer, Long> rejectedParts = folders.get(0).rejectedSizes();
    Map<InputFile, Long> bytesRead = new HashMap<>();
    ChooseTotals totals = ChooseTotals.none(folders.size());
    for (Piece piece : plan.pieces()) {
      ChooseRecord stats = stats(piece);
      if (stats == null) {
        problems.add(piece + ": expected its numbers, found none");
        continue;
      }
      stats.contradictions().forEach(found -> problems.add(piece + ": " + found));
      for (int i = 0; i < folders.size(); i++) {
        Long size = parts.get(i).get(piece.index());
        expect(piece + ": size of its part", stats.written().get(i).bytes(), size);
      }
      if (stats.rejects() > 0 != rejectedParts.containsKey(piece.index())) {
        problems.add(
            piece
                + ": expected a part of rejected lines only where there are any, found "
                + stats.rejects()
                + " rejected lines");
      }
      bytesRead.merge(piece.file(), stats.inputBytes(), Long::sum);
      totals = totals.plus(stats);
    }
    bytesRead.forEach(
        (file, bytes) ->
            expect("[" + file.path() + "] bytes read by its pieces", file.bytes(), bytes));
    return totals;
  }

  private @Nullable ChooseRecord stats(Piece piece) throws IOException {
    OutputFolder first = folders.get(0);
    try {
      return PieceCommit.read(first.placement(), first.layout(), piece.index())
          .statsAs(ChooseRecord.class);
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  private void expect(String what, long expected, @Nullable Long found) {
    if (!Objects.equals(found, expected)) {
      problems.add(what + ": expected " + expected + ", found " + (found == null ? "none" : found));
    }
  }
}
