package io.touchstone.spark;

import io.touchstone.conversation.RawLine;
import io.touchstone.reward.Rejected;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** The files that one attempt writes for one piece, under names of its own until they are whole. */
final class PieceOutput implements Closeable {

  private static final int BUFFER_BYTES = 256 << 10;

  private final Placement placement;
  private final OutputLayout layout;
  private final int piece;
  private final Path partPath;
  private final Path rejectedPath;
  private final CountedOutput part;
  private @Nullable CountedOutput rejected;
  private long partBytes;
  private long rejectedLines;

  PieceOutput(Placement placement, OutputLayout layout, int piece, String attempt)
      throws IOException {
    this.placement = placement;
    this.layout = layout;
    this.piece = piece;
    this.partPath = layout.temporary(layout.name(piece) + "." + attempt + ".jsonl");
    this.rejectedPath = layout.temporary(layout.name(piece) + "." + attempt + ".rejected.jsonl");
    this.part = open(partPath);
  }

  void row(byte[] line) throws IOException {
    part.write(line, 0, line.length);
    part.write('\n');
  }

  void rejected(RawLine line, Rejected why) throws IOException {
    if (rejected == null) {
      rejected = open(rejectedPath);
    }
    new RejectedLines(rejected).write(line, why);
  }

  /** Closes the files: now their counts are final. */
  void finish() throws IOException {
    part.close();
    partBytes = part.bytes();
    if (rejected != null) {
      rejected.close();
      rejectedLines = rejected.lines();
    }
  }

  long rows() {
    return part.lines();
  }

  long rejects() {
    return rejectedLines;
  }

  long partBytes() {
    return partBytes;
  }

  /**
   * Puts everything in its place; with the part's rename, the last, the piece is committed.
   *
   * @param stats what the piece gave, to lie beside it
   * @return false if another attempt has committed the piece
   */
  boolean commit(Record stats) throws IOException {
    Path target = layout.part(piece);
    if (placement.files().exists(target)) {
      return false;
    }
    placement.replace(layout.stats(piece), Json.bytes(stats));
    if (rejected == null) {
      placement.files().delete(layout.rejected(piece), false);
    } else {
      placement.files().mkdirs(layout.rejectedFolder());
      placement.replace(rejectedPath, layout.rejected(piece));
    }
    return placement.placeNew(partPath, target);
  }

  /** Deletes what has not been put in its place. */
  @Override
  public void close() throws IOException {
    try {
      part.close();
      if (rejected != null) {
        rejected.close();
      }
    } finally {
      placement.files().delete(partPath, false);
      placement.files().delete(rejectedPath, false);
    }
  }

  private CountedOutput open(Path path) throws IOException {
    return new CountedOutput(
        new BufferedOutputStream(placement.files().create(path, false), BUFFER_BYTES));
  }
}
