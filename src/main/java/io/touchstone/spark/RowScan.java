package io.touchstone.spark;

import io.touchstone.conversation.RawLine;
import io.touchstone.conversation.RowProblem;
import io.touchstone.conversation.RowReader;
import io.touchstone.reward.Rejected;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads the rows of a small input in this process, one after another and without Spark, for what
 * needs all of them in one place: a benchmark's table, a fit.
 */
final class RowScan {

  /** What becomes of rows. */
  @FunctionalInterface
  interface Taker {
    /**
     * @param line without line end and byte order mark
     * @param file the input file that the row comes from
     * @throws RowProblem if the row is to be rejected
     */
    void take(byte[] line, String file);
  }

  /** Where rejected lines go; of a spilled line the sink reads the file, and deletes it. */
  @FunctionalInterface
  interface Rejects {
    void add(RawLine line, Rejected why) throws IOException;
  }

  private final Taker taker;
  private final Rejects rejects;
  private long in;
  private long blank;
  private final TreeMap<String, Long> rejected = new TreeMap<>();
  private final Map<String, Long> taken = new HashMap<>();
  private final Map<String, ScanTotals.First> firstRejected = new HashMap<>();

  private RowScan(Taker taker, Rejects rejects) {
    this.taker = taker;
    this.rejects = rejects;
  }

  static ScanTotals of(List<InputFile> files, ScanSettings settings, Taker taker, Rejects rejects) {
    RowScan scan = new RowScan(taker, rejects);
    for (InputFile file : files) {
      try (SpillFolder spills = new SpillFolder()) {
        PieceInput input = new PieceInput(settings.hadoop(), settings.maxLineBytes(), spills);
        try (LineSource lines = input.open(new Piece(0, file, 0, file.bytes()))) {
          scan.read(lines, settings.nameOf(file));
        }
      } catch (IOException e) {
        throw new JobException("[" + file.path() + "] " + e.getMessage(), e);
      }
    }
    return new ScanTotals(scan.in, scan.blank, scan.rejected, scan.taken, scan.firstRejected);
  }

  /**
   * @param names of the files that other files stand for, by the path of these
   */
  record ScanSettings(Configuration hadoop, long maxLineBytes, Map<String, String> names) {
    String nameOf(InputFile file) {
      return names.getOrDefault(file.path(), file.path());
    }
  }

  private void read(LineSource lines, String file) throws IOException {
    for (RawLine line = lines.next(); line != null; line = lines.next()) {
      if (line instanceof RawLine.Whole whole && RowReader.isBlank(whole.bytes())) {
        blank++;
        continue;
      }
      in++;
      if (line instanceof RawLine.Whole whole) {
        try {
          taker.take(whole.bytes(), file);
          taken.merge(file, 1L, Long::sum);
        } catch (RowProblem problem) {
          reject(line, new Rejected(problem.row().kind(), problem.row().reason()), file);
        }
      } else if (line instanceof RawLine.TooLong tooLong) {
        reject(
            line,
            new Rejected(
                "line-too-long",
                "expected a line of at most "
                    + tooLong.limit()
                    + " bytes, found "
                    + tooLong.length()),
            file);
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
