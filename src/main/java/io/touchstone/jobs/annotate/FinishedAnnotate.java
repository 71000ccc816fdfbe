package io.touchstone.jobs.annotate;

import io.touchstone.files.commit.OutputFolder;
import io.touchstone.files.commit.PieceCommit;
import io.touchstone.files.read.InputFile;
import io.touchstone.files.read.Piece;
import io.touchstone.problem.JobException;
import io.touchstone.scoring.pipeline.AnnotationTotals;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all pieces gave together, read back from the files beside their rows.
 *
 * @param loadNanos summed over the processes that opened a replica
 */
public record FinishedAnnotate(AnnotationTotals totals, long loadNanos, List<PieceTiming> timings) {

  private static final int MOST_PROBLEMS_NAMED = 20;

  /**
   * Reads every piece's numbers and holds them against each other, the parts and the inputs.
   *
   * @throws JobException with the figures, if anything does not add up
   */
  public static FinishedAnnotate verified(AnnotatePlan plan, OutputFolder folder)
      throws IOException {
    Map<Integer, Long> parts = folder.partSizes();
    Map<Integer, Long> rejectedParts = folder.rejectedSizes();
    Map<String, Long> bytesByFile = new HashMap<>();
    List<String> problems = new ArrayList<>();
    AnnotationTotals totals = AnnotationTotals.NONE;
    List<PieceTiming> timings = new ArrayList<>();
    long loadNanos = 0;
    long rows = 0;
    long rejects = 0;
    for (Piece piece : plan.pieces()) {
      AnnotateRecord stats = read(piece, folder, problems);
      if (stats == null) {
        continue;
      }
      stats.contradictions().forEach(found -> problems.add(piece + ": " + found));
      expect(problems, piece + ": size of its part", stats.partBytes(), parts.get(piece.index()));
      if (stats.rejects() > 0 != rejectedParts.containsKey(piece.index())) {
        problems.add(
            piece
                + ": expected a part of rejected lines only where there are any, found "
                + stats.rejects()
                + " rejected lines");
      }
      bytesByFile.merge(piece.file().path(), stats.inputBytes(), Long::sum);
      totals = totals.plus(stats.totals());
      timings.add(PieceTiming.of(stats));
      loadNanos += stats.loadNanos();
      rows += stats.rows();
      rejects += stats.rejects();
    }
    for (InputFile file : plan.files()) {
      expect(
          problems,
          "[" + file.path() + "] bytes read by its pieces",
          file.bytes(),
          bytesByFile.get(file.path()));
    }
    expect(problems, "all pieces: lines scored or rejected", totals.in(), rows + rejects);
    if (!problems.isEmpty()) {
      throw new JobException("the output does not add up:\n" + listed(problems));
    }
    return new FinishedAnnotate(totals, loadNanos, timings);
  }

  private static @Nullable AnnotateRecord read(
      Piece piece, OutputFolder folder, List<String> problems) throws IOException {
    try {
      return PieceCommit.read(folder.placement(), folder.layout(), piece.index())
          .statsAs(AnnotateRecord.class);
    } catch (FileNotFoundException e) {
      problems.add(
          piece
              + ": expected its numbers in "
              + folder.layout().stats(piece.index())
              + ", found none");
      return null;
    }
  }

  private static void expect(
      List<String> problems, String what, long expected, @Nullable Long found) {
    if (found == null || found != expected) {
      problems.add(what + ": expected " + expected + ", found " + (found == null ? "none" : found));
    }
  }

  public static String listed(List<String> problems) {
    int named = Math.min(MOST_PROBLEMS_NAMED, problems.size());
    String text = String.join("\n", problems.subList(0, named));
    int more = problems.size() - named;
    return more == 0 ? text : text + "\nand " + more + " more";
  }
}
