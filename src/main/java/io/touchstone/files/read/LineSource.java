package io.touchstone.files.read;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.reward.Rejected;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** The lines of one piece, in order. One thread's. */
public interface LineSource extends Closeable {

  static LineSource of(Piece piece, long maxLineBytes, Configuration hadoop) throws IOException {
    return new PieceInput(hadoop, maxLineBytes).open(piece);
  }

  /** The next line; null after the last. */
  @Nullable RawLine next() throws IOException;

  /** Once the last line is read: what follows and cannot be told apart as lines. */
  default Optional<Remains> remains() {
    return Optional.empty();
  }

  /** Bytes of the file, as it lies on disk, that the lines read so far stand for. */
  long inputBytes();

  /** The rest of an input from where it broke, to be rejected as one line. */
  record Remains(RawLine line, Rejected why) {}
}
