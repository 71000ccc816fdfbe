package io.touchstone.spark.attempt;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.commit.AttemptFolder;
import io.touchstone.files.commit.PieceOutputs;
import io.touchstone.files.read.LineSource;
import io.touchstone.files.read.Piece;
import io.touchstone.reward.Rejected;
import io.touchstone.spark.progress.ProgressCounters;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * What an attempt has open while it works.
 *
 * @param attempt the name that its files have
 * @param first of the job's output folders
 * @param begunNanos when the attempt began
 */
public record OpenPiece(
    Piece piece,
    String attempt,
    LineSource lines,
    PieceOutputs outputs,
    AttemptFolder first,
    ProgressCounters counters,
    Configuration hadoop,
    long begunNanos) {

  /**
   * Rejects what follows the last line and cannot be told apart as lines.
   *
   * @return why; empty if nothing follows
   */
  public Optional<Rejected> rejectRemains() throws IOException {
    Optional<LineSource.Remains> remains = lines.remains();
    if (remains.isPresent()) {
      outputs.first().rejected(remains.get().line(), remains.get().why());
    }
    return remains.map(LineSource.Remains::why);
  }

  /**
   * Counts lines where there is no row, as the planner found, and no need for a replica: all are
   * blank.
   */
  public long blankLines() throws IOException {
    long blank = 0;
    for (RawLine line = lines.next(); line != null; line = lines.next()) {
      if (!line.isBlank()) {
        throw new IOException("expected no rows, as when the job was planned, found a line");
      }
      blank++;
    }
    return blank;
  }

  /** How long the attempt has taken so far. */
  public long wallNanos() {
    return System.nanoTime() - begunNanos;
  }
}
