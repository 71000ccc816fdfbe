package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.line.Row;
import io.touchstone.reward.Scored;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Folders whose tokenizer is more than its file, scored as transformers 5.23.0 does. */
final class TokenizerFoldersTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> scoresAsTransformersDoes() throws IOException {
    String fixtures = System.getProperty("touchstone.fixtures", "");
    Assumptions.assumeFalse(
        fixtures.isEmpty(), "no shared fixtures: system property touchstone.fixtures is unset");
    try (Stream<Path> folders = Files.list(Path.of(fixtures, "tokenizers"))) {
      return folders.filter(Files::isDirectory).sorted().toList().stream()
          .map(
              folder ->
                  DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }
  }

  private static void check(Path folder) throws IOException {
    JsonNode expected = JSON.readTree(Files.readString(folder.resolve("expected.json")));
    RowReader reader = new RowReader(FormatTable.MESSAGES);
    try (Scorer scorer =
        EngineScorerFactory.of(EngineConfig.defaults(folder.resolve("model"))).open()) {
      List<PreparedRow> rows = new ArrayList<>();
      for (String line : Files.readAllLines(folder.resolve("rows.jsonl"))) {
        Row row = (Row) reader.read(line.getBytes(StandardCharsets.UTF_8));
        rows.add((PreparedRow) scorer.prepare(row.conversations()));
      }
      assertThat(rows.stream().mapToLong(PreparedRow::presentedTokens).sum())
          .isEqualTo(expected.get("tokens").asLong());
      var verdicts = scorer.score(rows).verdicts();
      for (int i = 0; i < rows.size(); i++) {
        float score = ((Scored) verdicts.get(i)).rewards().get(0).values()[0];
        assertThat(Math.abs(score - expected.get("reference").get(i).asDouble()))
            .as("row %d", i)
            .isLessThanOrEqualTo(ReferenceScores.TOLERANCE);
      }
    }
  }
}
