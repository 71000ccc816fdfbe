package io.touchstone.jobs;

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
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;

/** The folder of a result's rejected lines, to be read. */
public final class RejectedFolder {

  private RejectedFolder() {}

  /**
   * A line that was set aside.
   *
   * @param reason never holds a conversation's text
   */
  public record Entry(String source, long offset, String kind, String reason) {}

  /**
   * Reads entries in the order of the input until one is enough; what else may lie in the folder is
   * passed.
   *
   * @param isEnough asked after each
   */
  public static void read(
      OutputLayout layout, long maxLineBytes, Configuration hadoop, Predicate<Entry> isEnough)
      throws IOException {
    List<FileStatus> parts =
        new ArrayList<>(
            Filesystems.list(Filesystems.of(layout.root(), hadoop), layout.rejectedFolder()));
    parts.removeIf(part -> !ResultNames.isPart(part.getPath().getName()));
    parts.sort(Comparator.comparing(part -> part.getPath().getName()));
    for (FileStatus part : parts) {
      InputFile file =
          new InputFile(
              part.getPath().toString(),
              FileKind.LINES,
              part.getLen(),
              part.getModificationTime(),
              null);
      try (LineSource lines = LineSource.of(Piece.whole(file), maxLineBytes, hadoop)) {
        for (RawLine line = lines.next(); line != null; line = lines.next()) {
          if (entry(line).filter(isEnough).isPresent()) {
            return;
          }
        }
      }
    }
  }

  private static Optional<Entry> entry(RawLine line) {
    if (line instanceof RawLine.TooLong) {
      return Optional.empty();
    }
    try {
      JsonRow row = JsonRow.read(((RawLine.Whole) line).bytes());
      return Optional.of(
          new Entry(
              row.required("source", "a string").text(),
              (long) row.required("offset", "a number").number(),
              row.required("kind", "a string").text(),
              row.required("reason", "a string").text()));
    } catch (RowProblem noRejection) {
      return Optional.empty();
    }
  }
}
