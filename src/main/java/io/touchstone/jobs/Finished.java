package io.touchstone.jobs;

import io.touchstone.files.commit.OutputFolder;
import io.touchstone.files.commit.OutputFolders;
import io.touchstone.files.commit.PieceCommit;
import io.touchstone.files.read.InputFile;
import io.touchstone.files.read.Piece;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads back what the pieces of a job have left beside their rows, and holds it against these. */
public final class Finished<T extends Record & PieceRecord> {

  private static final int MOST_PROBLEMS_NAMED = 20;

  private final OutputFolders folders;
  private final Class<T> type;
  private final List<Map<Integer, Long>> parts = new ArrayList<>();
  private final Map<Integer, Long> rejectedParts;
  private final Map<InputFile, Long> bytesRead = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  /** Sums up pieces. */
  @FunctionalInterface
  public interface Adding<R, T> {
    /**
     * @param withheld rejected lines of which only the place and the reason were written
     */
    R plus(R sum, T record, long withheld);
  }

  private record Told<T>(T record, long withheld) {}

  private Finished(OutputFolders folders, Class<T> type) throws IOException {
    this.folders = folders;
    this.type = type;
    for (OutputFolder folder : folders.all()) {
      parts.add(folder.partSizes());
    }
    this.rejectedParts = folders.first().rejectedSizes();
  }

  /**
   * Adds up every piece's numbers, and holds them against each other, the parts and the inputs.
   *
   * @throws JobException with the figures, if anything does not add up
   */
  public static <T extends Record & PieceRecord, R> R verified(
      List<Piece> pieces, OutputFolders folders, Class<T> type, R none, Adding<R, T> adding)
      throws IOException {
    Finished<T> finished = new Finished<>(folders, type);
    R sum = none;
    for (Piece piece : pieces) {
      Optional<Told<T>> told = finished.told(piece);
      if (told.isPresent()) {
        sum = adding.plus(sum, told.get().record, told.get().withheld);
      }
    }
    finished.bytesRead.forEach(
        (file, bytes) ->
            finished.expect(
                Problem.in(file.path()).field("bytes read by its pieces"), file.bytes(), bytes));
    if (!finished.problems.isEmpty()) {
      throw new JobException("the output does not add up:\n" + listed(finished.problems));
    }
    return sum;
  }

  private Optional<Told<T>> told(Piece piece) throws IOException {
    Problem at = Problem.at(piece.toString());
    PieceCommit commit;
    try {
      commit = PieceCommit.read(folders.first().forAttempts(), piece.index());
    } catch (FileNotFoundException e) {
      problems.add(
          at.expected("its numbers in " + folders.first().layout().stats(piece.index()))
              .found("none"));
      return Optional.empty();
    }
    T record = commit.statsAs(type);
    record.contradictions().forEach(found -> problems.add(piece + ": " + found));
    for (int folder = 0; folder < parts.size(); folder++) {
      expect(
          at.field("size of its part"),
          record.partSizes().get(folder),
          parts.get(folder).get(piece.index()));
    }
    if (record.rejects() > 0 != rejectedParts.containsKey(piece.index())) {
      problems.add(
          at.expected("a part of rejected lines only where there are any")
              .found(record.rejects() + " rejected lines"));
    }
    bytesRead.merge(piece.file(), record.inputBytes(), Long::sum);
    return Optional.of(new Told<>(record, commit.withheld()));
  }

  private void expect(Problem at, long expected, @Nullable Long found) {
    if (found == null || found != expected) {
      problems.add(at.expected(expected).found(found == null ? "none" : found));
    }
  }

  private static String listed(List<String> problems) {
    int named = Math.min(MOST_PROBLEMS_NAMED, problems.size());
    String text = String.join("\n", problems.subList(0, named));
    int more = problems.size() - named;
    return more == 0 ? text : text + "\nand " + more + " more";
  }
}
