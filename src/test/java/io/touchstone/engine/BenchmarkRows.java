package io.touchstone.engine;

import io.touchstone.conversation.format.Detection;
import io.touchstone.conversation.format.FormatDetector;
import io.touchstone.conversation.format.ReadRules;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.format.ScoreFields;
import io.touchstone.conversation.format.ScoredTurns;
import io.touchstone.conversation.line.Row;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file's rows as token ids, every assistant turn of a chat labelled. */
final class BenchmarkRows {
  private BenchmarkRows() {}

  static List<PreparedRow> read(Scorer scorer, Path file) throws IOException {
    List<byte[]> lines =
        Files.readAllLines(file).stream()
            .map(line -> line.getBytes(StandardCharsets.UTF_8))
            .toList();
    Detection.Detected found = (Detection.Detected) FormatDetector.detect(lines);
    RowReader reader =
        new RowReader(found.format(), ReadRules.of(ScoredTurns.ALL), ScoreFields.OWN);
    List<PreparedRow> rows = new ArrayList<>();
    for (byte[] line : lines) {
      rows.add((PreparedRow) scorer.prepare(((Row) reader.read(line)).conversations()));
    }
    return rows;
  }
}
