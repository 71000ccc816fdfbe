package io.touchstone.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The numbers of all pieces together, read back from the files beside their rows. */
final class LineTotals {

  private final List<OutputFolder> folders;
  private final List<String> problems = new ArrayList<>();
  final SortedMap<String, Long> rejected = new TreeMap<>();
  final SortedMap<String, Long> verdicts = new TreeMap<>();
  final SortedMap<String, Long> notes = new TreeMap<>();
  final List<Long> written;
  long in;
  long blank;

  private LineTotals(List<OutputFolder> folders) {
    this.folders = folders;
    this.written = new ArrayList<>(Collections.nCopies(folders.size(), 0L));
  }

  /**
   * Holds every piece's numbers against the parts and the inputs.
   *
   * @throws JobException with the figures, if anything does not add up
   */
  static LineTotals verified(LinePlan plan, List<OutputFolder> folders) throws IOException {
    LineTotals totals = new LineTotals(folders);
    totals.read(plan);
    if (!totals.problems.isEmpty()) {
      throw new JobException(
          "the output does not add up:\n" + FinishedPieces.listed(totals.problems));
    }
    return totals;
  }

  private void read(LinePlan plan) throws IOException {
    List<Map<Integer, Long>> parts = new ArrayList<>();
    for (OutputFolder folder : folders) {
      parts.add(folder.partSizes());
    }
    Map<Integer, Long> rejectedParts = folders.get(0).rejectedSizes();
    Map<InputFile, Long> bytesRead = new HashMap<>();
    for (Piece piece : plan.pieces()) {
      LineStats stats;
      try {
        OutputFolder first = folders.get(0);
        byte[] json = first.placement().read(first.layout().stats(piece.index()));
        stats = Json.read(json, LineStats.class);
      } catch (FileNotFoundException e) {
        problems.add(piece + ": expected its numbers, found none");
        continue;
      }
      stats.contradictions().forEach(found -> problems.add(piece + ": " + found));
      for (int i = 0; i < folders.size(); i++) {
        Long size = parts.get(i).get(piece.index());
        expect(piece + ": size of its part", stats.written().get(i).bytes(), size);
        written.set(i, written.get(i) + stats.written().get(i).rows());
      }
      if (stats.rejects() > 0 != rejectedParts.containsKey(piece.index())) {
        problems.add(
            piece
                + ": expected a part of rejected lines only where there are any, found "
                + stats.rejects()
                + " rejected lines");
      }
      bytesRead.merge(piece.file(), stats.inputBytes(), Long::sum);
      add(stats);
    }
    bytesRead.forEach(
        (file, bytes) ->
            expect("[" + file.path() + "] bytes read by its pieces", file.bytes(), bytes));
  }

  private void expect(String what, long expected, @Nullable Long found) {
    if (!Objects.equals(found, expected)) {
      problems.add(what + ": expected " + expected + ", found " + (found == null ? "none" : found));
    }
  }

  private void add(LineStats stats) {
    in += stats.in();
    blank += stats.blank();
    stats.rejected().forEach((kind, count) -> rejected.merge(kind, count, Long::sum));
    stats.verdicts().forEach((word, count) -> verdicts.merge(word, count, Long::sum));
    stats.notes().forEach((word, count) -> notes.merge(word, count, Long::sum));
  }
}
