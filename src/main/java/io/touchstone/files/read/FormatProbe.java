package io.touchstone.files.read;

import io.touchstone.conversation.format.Detection;
import io.touchstone.conversation.format.FormatDetector;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.files.FileKind;
import io.touchstone.files.columns.FormMask;
import io.touchstone.files.columns.RecordSource;
import io.touchstone.problem.UnfitInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Finds a file's format by its first lines that are not blank. */
record FormatProbe(InputRequest request, Configuration hadoop) {

  /**
   * The format that was asked for or found; null for a file without rows, or if none is needed.
   *
   * @throws UnfitInputException if the first lines fit no format, or two, or if the format reads
   *     words of a column that holds none
   */
  @Nullable RowFormat formatOf(InputFile file) throws IOException {
    RowFormat format = found(file);
    if (format != null && file.kind() == FileKind.PARQUET && file.bytes() > 0) {
      checkWords(format, file);
    }
    return format;
  }

  private void checkWords(RowFormat format, InputFile file) throws IOException {
    List<FormMask> masks =
        FormMask.of(RecordSource.footer(new Path(file.path()), file.dropped(), hadoop).columns());
    if (masks.isEmpty()) {
      return;
    }
    WordColumns words = new WordColumns(format);
    try (FirstRows rows = FirstRows.of(file, request.maxLineBytes(), hadoop)) {
      for (byte[] row = rows.next(); row != null; row = rows.next()) {
        for (FormMask mask : masks) {
          words.refuse(mask, row);
        }
      }
    }
  }

  private @Nullable RowFormat found(InputFile file) throws IOException {
    if (request.format() instanceof FormatChoice.ByFields) {
      return detect(file, FormatDetector::detect);
    }
    if (request.format() instanceof FormatChoice.ByPrompts) {
      return detect(file, FormatDetector::detectPrompts);
    }
    if (request.format() instanceof FormatChoice.Named named && !named.format().map().isEmpty()) {
      checkMap(named.format(), file);
    }
    try (LineSource lines = LineSource.of(Piece.whole(file), request.maxLineBytes(), hadoop)) {
      // What cannot be read should be refused all the same.
      lines.next();
    }
    return request.format() instanceof FormatChoice.Named named ? named.format() : null;
  }

  private void checkMap(RowFormat format, InputFile file) throws IOException {
    List<byte[]> first = new ArrayList<>();
    try (FirstRows rows = FirstRows.of(file, request.maxLineBytes(), hadoop)) {
      for (byte[] row = rows.next(); row != null; row = rows.next()) {
        first.add(row);
      }
    }
    List<String> lacking = format.map().lacking(first);
    if (!lacking.isEmpty()) {
      throw new UnfitInputException("--map: " + String.join("; ", lacking));
    }
  }

  private @Nullable RowFormat detect(InputFile file, Function<List<byte[]>, Detection> detector)
      throws IOException {
    List<byte[]> first = new ArrayList<>();
    try (FirstRows rows = FirstRows.of(file, request.maxLineBytes(), hadoop)) {
      for (byte[] row = rows.next(); row != null; row = rows.next()) {
        first.add(row);
      }
      if (first.isEmpty()) {
        if (rows.passedUnreadable()) {
          throw new UnfitInputException(
              "expected lines that show a format, found none that can be read; name one with"
                  + " --format");
        }
        return null;
      }
    }
    Detection detection = detector.apply(first);
    if (detection instanceof Detection.Detected found) {
      return found.format();
    }
    throw new UnfitInputException(((Detection.Undetected) detection).message());
  }
}
