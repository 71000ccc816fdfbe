package io.touchstone.jobs.report;

import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.files.FileKind;
import io.touchstone.files.Filesystems;
import io.touchstone.files.ResultNames;
import io.touchstone.files.commit.OutputLayout;
import io.touchstone.files.read.InputFile;
import io.touchstone.files.read.LineSource;
import io.touchstone.files.read.Piece;
import io.touchstone.selection.report.Rejections;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Looks up the first rejected lines of each kind. */
final class RejectedReasons {
  private static final int EXAMPLES = 3;

  private final Map<String, Long> counts;
  private final long maxLineBytes;
  private final Configuration hadoop;
  private final Map<String, List<Rejections.Example>> examples = new HashMap<>();

  private RejectedReasons(Map<String, Long> counts, long maxLineBytes, Configuration hadoop) {
    this.counts = counts;
    this.maxLineBytes = maxLineBytes;
    this.hadoop = hadoop;
  }

  /** The commonest kind first. */
  static List<Rejections> of(AnnotatedResult result, long maxLineBytes, Configuration hadoop)
      throws IOException {
    RejectedReasons reasons =
        new RejectedReasons(result.run().rejectedByKind(), maxLineBytes, hadoop);
    reasons.read(result.layout());
    return reasons.counts.entrySet().stream()
        .map(
            kind ->
                new Rejections(
                    kind.getKey(),
                    kind.getValue(),
                    reasons.examples.getOrDefault(kind.getKey(), List.of())))
        .sorted(Comparator.comparingLong(Rejections::count).reversed())
        .toList();
  }

  private void read(OutputLayout layout) throws IOException {
    List<FileStatus> parts =
        new ArrayList<>(
            Filesystems.list(Filesystems.of(layout.root(), hadoop), layout.rejectedFolder()));
    parts.sort(Comparator.comparing(part -> part.getPath().getName()));
    for (FileStatus part : parts) {
      if (isEnough()) {
        return;
      }
      if (ResultNames.isPart(part.getPath().getName())) {
        read(part);
      }
    }
  }

  private boolean isEnough() {
    return counts.entrySet().stream()
        .allMatch(
            kind ->
                examples.getOrDefault(kind.getKey(), List.of()).size()
                    >= Math.min(EXAMPLES, kind.getValue()));
  }

  private void read(FileStatus part) throws IOException {
    Path path = part.getPath();
    InputFile file =
        new InputFile(
            path.toString(), FileKind.LINES, part.getLen(), part.getModificationTime(), null);
    try (LineSource lines = LineSource.of(Piece.whole(file), maxLineBytes, hadoop)) {
      for (RawLine line = lines.next(); line != null && !isEnough(); line = lines.next()) {
        if (line instanceof RawLine.Whole whole) {
          add(whole.bytes());
        }
      }
    }
  }

  private void add(byte[] line) {
    try {
      JsonRow row = JsonRow.read(line);
      List<Rejections.Example> known =
          examples.computeIfAbsent(
              row.required("kind", "a string").text(), kind -> new ArrayList<>());
      if (known.size() < EXAMPLES) {
        known.add(
            new Rejections.Example(
                row.required("source", "a string").text(),
                (long) row.required("offset", "a number").number(),
                row.required("reason", "a string").text()));
      }
    } catch (RowProblem noRejection) {
      // The counts hold without an example; what else may lie in the folder is not ours.
      return;
    }
  }
}
