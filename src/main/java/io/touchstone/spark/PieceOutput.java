package io.touchstone.spark;

import io.touchstone.conversation.RawLine;
import io.touchstone.reward.Rejected;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** The files that one attempt writes for one piece, under names of its own until they are whole. */
final class PieceOutput implements Closeable {

  private final Placement placement;
  private final OutputLayout layout;
  private final int piece;
  private final String attempt;
  private final PartOutput part;
  private @Nullable CountedOutput rejected;
  private long rejectedLines;
  private boolean committed;

  PieceOutput(Placement placement, OutputLayout layout, int piece, String attempt)
      throws IOException {
    this.placement = placement;
    this.layout = layout;
    this.piece = piece;
    this.attempt = attempt;
    this.part = layout.parts().open(placement.create(layout.attemptPart(piece, attempt)));
  }

  void row(byte[] line) throws IOException {
    part.row(line);
  }

  void rejected(RawLine line, Rejected why) throws IOException {
    if (rejected == null) {
      rejected = open(layout.attemptRejected(piece, attempt));
    }
    new RejectedLines(rejected).write(line, why);
  }

  /** Closes the files: now their counts are final. */
  void finish() throws IOException {
    part.close();
    if (rejected != null) {
      rejected.close();
      rejectedLines = rejected.lines();
    }
    CommitStep.PART_WRITTEN.reached();
  }

  long rows() {
    return part.rows();
  }

  long rejects() {
    return rejectedLines;
  }

  long partBytes() {
    return part.bytes();
  }

  /**
   * Commits in one step, the record's rename, then puts everything in its place.
   *
   * @param stats what the piece gave
   * @return false if another attempt has committed the piece
   */
  boolean commit(Record stats) throws IOException {
    PieceCommit commit = new PieceCommit(attempt, rejected != null, Json.tree(stats));
    Path record = layout.attemptRecord(piece, attempt);
    try (OutputStream out = placement.create(record)) {
      out.write(Json.bytes(commit));
    }
    CommitStep.RECORD_WRITTEN.reached();
    // Before it is known: an error on the way back must not delete what may be the piece's files.
    committed = true;
    committed = placement.placeFirst(record, layout.stats(piece));
    if (!committed) {
      return false;
    }
    CommitStep.RECORD_PLACED.reached();
    commit.settle(placement, layout, piece);
    return true;
  }

  /** Deletes what was written, unless it is the piece's. */
  @Override
  public void close() throws IOException {
    try {
      part.close();
      if (rejected != null) {
        rejected.close();
      }
    } finally {
      if (!committed) {
        placement.files().delete(layout.attemptPart(piece, attempt), false);
        placement.files().delete(layout.attemptRejected(piece, attempt), false);
        placement.files().delete(layout.attemptRecord(piece, attempt), false);
      }
    }
  }

  private CountedOutput open(Path path) throws IOException {
    return new CountedOutput(
        new BufferedOutputStream(placement.create(path), LinePart.BUFFER_BYTES));
  }
}
