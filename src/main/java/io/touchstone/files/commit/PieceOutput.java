package io.touchstone.files.commit;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.JsonFile;
import io.touchstone.files.columns.PartOutput;
import io.touchstone.files.part.LinePart;
import io.touchstone.files.part.RejectedLines;
import io.touchstone.reward.Rejected;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** The files that one attempt writes for one piece, under names of its own until they are whole. */
public final class PieceOutput implements Closeable {

  private final AttemptFolder folder;
  private final int piece;
  private final String attempt;
  private final PartOutput part;
  private @Nullable RejectedLines rejected;
  private final long inputBytes;
  private long rejectedLines;
  private boolean committed;

  /**
   * @param inputBytes of the piece, as {@link RejectedLines} has them
   */
  public PieceOutput(AttemptFolder folder, int piece, long inputBytes, String attempt)
      throws IOException {
    this.folder = folder;
    this.piece = piece;
    this.inputBytes = inputBytes;
    this.attempt = attempt;
    OutputLayout layout = folder.layout();
    this.part = layout.parts().open(folder.store().create(layout.attemptPart(piece, attempt)));
  }

  public void row(byte[] line) throws IOException {
    part.row(line);
  }

  public void rejected(RawLine line, Rejected why) throws IOException {
    if (rejected == null) {
      rejected = open(folder.layout().attemptRejected(piece, attempt));
    }
    rejected.write(line, why);
  }

  /** Closes the files: now their counts are final. */
  public void finish() throws IOException {
    part.close();
    if (rejected != null) {
      rejected.close();
      rejectedLines = rejected.lines();
    }
    CommitStep.PART_WRITTEN.reached();
  }

  public long rows() {
    return part.rows();
  }

  public long rejects() {
    return rejectedLines;
  }

  public long partBytes() {
    return part.bytes();
  }

  /**
   * Commits in one step, the record's rename, then puts everything in its place.
   *
   * @param stats what the piece gave
   * @return false if another attempt has committed the piece
   */
  public boolean commit(Record stats) throws IOException {
    PieceCommit commit =
        new PieceCommit(
            attempt,
            rejected != null,
            rejected == null ? 0 : rejected.withheld(),
            JsonFile.tree(stats));
    Path record = folder.layout().attemptRecord(piece, attempt);
    try (OutputStream out = folder.store().create(record)) {
      out.write(JsonFile.bytes(commit));
    }
    CommitStep.RECORD_WRITTEN.reached();
    // Before it is known: an error on the way back must not delete what may be the piece's files.
    committed = true;
    committed = folder.store().placeFirst(record, folder.layout().stats(piece));
    if (!committed) {
      return false;
    }
    CommitStep.RECORD_PLACED.reached();
    commit.settle(folder, piece);
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
        delete(folder.layout().attemptPart(piece, attempt));
        delete(folder.layout().attemptRejected(piece, attempt));
        delete(folder.layout().attemptRecord(piece, attempt));
      }
    }
  }

  private void delete(Path file) throws IOException {
    folder.store().files().delete(file, false);
  }

  private RejectedLines open(Path path) throws IOException {
    return new RejectedLines(
        new BufferedOutputStream(folder.store().create(path), LinePart.BUFFER_BYTES), inputBytes);
  }
}
