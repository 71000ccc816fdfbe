package io.touchstone.files.read;

import io.touchstone.conversation.format.Detection;
import io.touchstone.conversation.format.FormatDetector;
import io.touchstone.conversation.format.RowFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Finds a file's format by its first lines that are not blank. */
record FormatProbe(InputRequest request, Configuration hadoop) {

  /** The first lines fit no format, or two. */
  static final class UndetectedException extends IOException {
    private static final long serialVersionUID = 1L;

    UndetectedException(String message) {
      super(message);
    }
  }

  /** The format that was asked for or found; null for a file without rows, or if none is needed. */
  @Nullable RowFormat formatOf(InputFile file) throws IOException {
    if (request.format() instanceof FormatChoice.ByFields) {
      return detect(file);
    }
    try (LineSource lines = LineSource.of(Piece.whole(file), request.maxLineBytes(), hadoop)) {
      // What cannot be read should be refused all the same.
      lines.next();
    }
    return request.format() instanceof FormatChoice.Named named ? named.format() : null;
  }

  private @Nullable RowFormat detect(InputFile file) throws IOException {
    List<byte[]> first = new ArrayList<>();
    try (FirstRows rows = FirstRows.of(file, request.maxLineBytes(), hadoop)) {
      for (byte[] row = rows.next(); row != null; row = rows.next()) {
        first.add(row);
      }
      if (first.isEmpty()) {
        if (rows.passedUnreadable()) {
          throw new UndetectedException(
              "expected lines that show a format, found none that can be read; name one with"
                  + " --format");
        }
        return null;
      }
    }
    Detection detection = FormatDetector.detect(first);
    if (detection instanceof Detection.Detected found) {
      return found.format();
    }
    throw new UndetectedException(((Detection.Undetected) detection).message());
  }
}
