package io.touchstone.files.read;

import io.touchstone.conversation.format.Detection;
import io.touchstone.conversation.format.FormatDetector;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.line.RawLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Finds a file's format by its first lines that are not blank. */
record FormatProbe(InputRequest request, Configuration hadoop) {

  private static final int MOST_LINES = 100;
  private static final long MOST_BYTES = 1 << 20;

  /** The first lines fit no format, or two. */
  static final class UndetectedException extends IOException {
    private static final long serialVersionUID = 1L;

    UndetectedException(String message) {
      super(message);
    }
  }

  /** The format that was asked for or found; null for a file without rows, or if none is needed. */
  @Nullable RowFormat formatOf(InputFile file) throws IOException {
    try (SpillFolder spills = new SpillFolder()) {
      PieceInput input = new PieceInput(hadoop, request.maxLineBytes(), spills);
      try (LineSource lines = input.open(new Piece(0, file, 0, file.bytes()))) {
        if (request.format() instanceof FormatChoice.ByFields) {
          return detect(lines);
        }
        // What cannot be read should be refused all the same.
        lines.next();
        return request.format() instanceof FormatChoice.Named named ? named.format() : null;
      }
    }
  }

  private static @Nullable RowFormat detect(LineSource lines) throws IOException {
    List<byte[]> first = new ArrayList<>();
    long bytes = 0;
    boolean tooLong = false;
    // Blank lines and lines over the limit do not count: some line should have a say.
    while (first.size() < MOST_LINES && bytes < MOST_BYTES) {
      RawLine line = lines.next();
      if (line == null) {
        break;
      }
      tooLong |= line instanceof RawLine.TooLong;
      if (line instanceof RawLine.Whole whole && !line.isBlank()) {
        first.add(whole.bytes());
        bytes += whole.bytes().length;
      }
    }
    if (first.isEmpty()) {
      if (tooLong || lines.remains().isPresent()) {
        throw new UndetectedException(
            "expected lines that show a format, found none that can be read; name one with"
                + " --format");
      }
      return null;
    }
    Detection detection = FormatDetector.detect(first);
    if (detection instanceof Detection.Detected found) {
      return found.format();
    }
    throw new UndetectedException(((Detection.Undetected) detection).message());
  }
}
