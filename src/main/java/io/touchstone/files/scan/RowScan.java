package io.touchstone.files.scan;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.files.read.InputChanges;
import io.touchstone.files.read.InputFile;
import io.touchstone.files.read.LineSource;
import io.touchstone.files.read.Piece;
import io.touchstone.problem.JobException;
import io.touchstone.progress.ProgressSums;
import io.touchstone.reward.Rejected;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a small input in this process, one after another and without Spark, for what
 * needs all of them in one place: a benchmark's table, a fit.
 */
public final class RowScan {

  /** What becomes of rows. */
  @FunctionalInterface
  public interface Taker {
    /**
     * @param line without line end and byte order mark
     * @param file the input file that the row comes from
     * @throws RowProblem if the row is to be rejected
     */
    void take(byte[] line, String file);
  }

  /** Where rejected lines go. */
  @FunctionalInterface
  public interface Rejects {
    void add(RawLine line, Rejected why) throws IOException;
  }

  private final Taker taker;
  private final Rejects rejects;
  private final @Nullable ScanProgress progress;
  private long mostOfAFile = Long.MAX_VALUE;
  private long in;
  private long blank;
  private final TreeMap<String, Long> rejected = new TreeMap<>();
  private final Map<String, Long> taken = new HashMap<>();
  private final Map<String, ScanTotals.First> firstRejected = new HashMap<>();

  private RowScan(Taker taker, Rejects rejects, @Nullable ScanProgress progress) {
    this.taker = taker;
    this.rejects = rejects;
    this.progress = progress;
  }

  /**
   * Reads all rows.
   *
   * @throws JobException if a file cannot be read, or was written in the meantime
   */
  public static ScanTotals of(
      List<InputFile> files, ScanSettings settings, Taker taker, Rejects rejects) {
    try {
      return new RowScan(taker, rejects, settings.progress).of(files, settings);
    } finally {
      // Whatever went wrong, what has become of the input comes first.
      confirm(files, settings.hadoop);
    }
  }

  private static void confirm(List<InputFile> files, Configuration hadoop) {
    try {
      new InputChanges(hadoop).refuse(files);
    } catch (IOException e) {
      throw new JobException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Reads each file up to its first row that is taken, which tells whether there is any. */
  public static ScanTotals firstOfEach(List<InputFile> files, ScanSettings settings, Taker taker) {
    RowScan scan = new RowScan(taker, (line, why) -> {}, settings.progress);
    scan.mostOfAFile = 1;
    return scan.of(files, settings);
  }

  private ScanTotals of(List<InputFile> files, ScanSettings settings) {
    for (InputFile file : files) {
      try (LineSource lines =
          LineSource.of(Piece.whole(file), settings.maxLineBytes(), settings.hadoop())) {
        read(lines, settings.nameOf(file));
      } catch (IOException e) {
        throw new JobException("[" + file.path() + "] " + e.getMessage(), e);
      }
    }
    return new ScanTotals(in, blank, rejected, taken, firstRejected);
  }

  /**
   * @param names of the files that other files stand for, by the path of these
   * @param progress told of each row; null for nobody
   */
  public record ScanSettings(
      Configuration hadoop,
      long maxLineBytes,
      Map<String, String> names,
      @Nullable ScanProgress progress) {
    String nameOf(InputFile file) {
      return names.getOrDefault(file.path(), file.path());
    }
  }

  private void read(LineSource lines, String file) throws IOException {
    long bytes = 0;
    for (RawLine line = lines.next(); line != null; line = lines.next()) {
      long moreBytes = lines.inputBytes() - bytes;
      bytes += moreBytes;
      if (line.isBlank()) {
        blank++;
        continue;
      }
      in++;
      ProgressSums more;
      try {
        taker.take(line.bytes(), file);
        if (taken.merge(file, 1L, Long::sum) >= mostOfAFile) {
          return;
        }
        more = new ProgressSums(1, 0, 0, moreBytes, 1);
      } catch (RowProblem problem) {
        reject(line, new Rejected(problem.row().kind(), problem.row().reason()), file);
        more = new ProgressSums(0, 1, 0, moreBytes, 1);
      }
      if (progress != null) {
        progress.add(more);
      }
    }
    if (lines.remains().isPresent()) {
      LineSource.Remains remains = lines.remains().get();
      in++;
      reject(remains.line(), remains.why(), file);
    }
  }

  private void reject(RawLine line, Rejected why, String file) throws IOException {
    rejected.merge(why.kind(), 1L, Long::sum);
    firstRejected.putIfAbsent(file, new ScanTotals.First(line.offset(), why.reason()));
    rejects.add(line, why);
  }
}
