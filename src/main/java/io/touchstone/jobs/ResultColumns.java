package io.touchstone.jobs;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.FileKind;
import io.touchstone.files.columns.Columns;
import io.touchstone.files.columns.RecordSource;
import io.touchstone.files.read.InputFile;
import io.touchstone.files.read.LineSource;
import io.touchstone.files.read.Piece;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Finds the columns of a result before the job begins: those of Parquet inputs are theirs, those of
 * lines are what the first of them show, and what the job changes is seen in rows that it makes of
 * these.
 */
public final class ResultColumns {

  private static final int MOST_ROWS = 1_000;
  private static final long MOST_BYTES = 4 << 20;

  private final long maxLineBytes;
  private final Configuration hadoop;
  private final Map<InputFile, Columns> stored = new LinkedHashMap<>();
  private boolean complete = true;

  public ResultColumns(long maxLineBytes, Configuration hadoop) {
    this.maxLineBytes = maxLineBytes;
    this.hadoop = hadoop;
  }

  /** What a job makes of rows, with values in place of those that it has not found yet. */
  public interface RowMaking {

    /** The rows that are written for a row; none where it is rejected. */
    List<byte[]> rows(byte[] row);

    /** Whether what is written has the same type in all rows. */
    default boolean isUniform() {
      return true;
    }
  }

  /**
   * @param making empty for a file without rows
   * @throws Refused if a file cannot be read
   */
  public Columns of(
      List<InputFile> files, Function<InputFile, Optional<? extends RowMaking>> making) {
    Columns columns = Columns.none();
    List<String> problems = new ArrayList<>();
    for (InputFile file : files) {
      Optional<? extends RowMaking> ofFile = making.apply(file);
      if (ofFile.isPresent() && file.bytes() > 0) {
        try {
          columns = columns.merged(of(file, ofFile.get()));
        } catch (IOException e) {
          problems.add("[" + file.path() + "] cannot be read: " + e.getMessage());
        }
      }
    }
    Refused.ifAny(problems);
    Columns all = columns;
    return complete && stored.values().stream().allMatch(all::covers)
        ? all.settled()
        : all.withExtra();
  }

  private Columns of(InputFile file, RowMaking making) throws IOException {
    Sample sample = sample(file, making);
    if (file.kind() != FileKind.PARQUET) {
      // A line after those that were looked at may have any field.
      complete = false;
      return sample.made;
    }
    complete &= sample.rows > 0 && making.isUniform();
    Columns columns =
        RecordSource.footer(new Path(file.path()), file.dropped(), hadoop)
            .columns()
            .without(sample.lost)
            .overwritten(sample.written);
    stored.put(file, columns);
    return columns;
  }

  /**
   * @param made what the rows show that the job makes
   * @param written what of it is not in the rows that it reads
   * @param lost names that the job leaves out
   * @param rows of which it makes some
   */
  private record Sample(Columns made, Columns written, Set<String> lost, int rows) {

    static final Sample NONE = new Sample(Columns.none(), Columns.none(), Set.of(), 0);

    Sample with(Columns before, Columns after) {
      Set<String> all = new LinkedHashSet<>(lost);
      all.addAll(before.names());
      all.removeAll(after.names());
      all.removeAll(made.names());
      return new Sample(
          made.merged(after), written.merged(after.changedFrom(before)), all, rows + 1);
    }
  }

  private Sample sample(InputFile file, RowMaking making) throws IOException {
    Sample sample = Sample.NONE;
    long bytes = 0;
    try (LineSource lines = LineSource.of(Piece.whole(file), maxLineBytes, hadoop)) {
      for (int i = 0; i < MOST_ROWS && bytes < MOST_BYTES; i++) {
        RawLine line = lines.next();
        if (line == null) {
          break;
        }
        if (line instanceof RawLine.Whole whole && !line.isBlank()) {
          bytes += whole.bytes().length;
          Columns after = Columns.none();
          for (byte[] row : making.rows(whole.bytes())) {
            after = after.merged(Columns.shown(row));
          }
          if (!after.names().isEmpty()) {
            sample = sample.with(Columns.shown(whole.bytes()), after);
          }
        }
      }
    }
    return sample;
  }
}
