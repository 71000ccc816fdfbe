package io.touchstone.spark.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.conversation.format.Detection;
import io.touchstone.conversation.format.FormatDetector;
import io.touchstone.conversation.format.ReadRules;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.format.ScoreFields;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.jobs.annotate.Labels;
import io.touchstone.jobs.annotate.RowWriting;
import io.touchstone.reward.LabelStyle;
import io.touchstone.reward.Rejected;
import io.touchstone.scoring.KnownScores;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.scoring.pipeline.AnnotationSink;
import io.touchstone.scoring.pipeline.AnnotationTotals;
import io.touchstone.scoring.pipeline.Annotator;
import io.touchstone.spark.FakeScorerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What annotate reads of the lines of each published layout, and writes into them, is what a frame
 * of the same rows gives: the model's rewards are hashes of the texts that it is handed.
 */
final class FrameLayoutsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of columns that are a text in one row and messages in another Spark makes texts. */
  private static final Set<String> TEXTS_AND_MESSAGES =
      Set.of("candidates", "ms-swift", "openrlhf-input-output", "best-of-n-lists");

  private static final ScorerFactory SCORERS = FakeScorerFactory.named("layouts");

  private static SparkSession spark;

  @BeforeAll
  static void startSpark() {
    spark = Frames.session();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @TestFactory
  Stream<DynamicTest> columnsAreReadAsTheFieldsOfLines() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("data-samples/layouts"))) {
      return files.sorted().toList().stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }
  }

  private static void check(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String name = file.getFileName().toString().replace(".jsonl", "");
    Path conf = Path.of("conf/data", name + ".conf");
    Map<String, String> options =
        Files.exists(conf)
            ? Map.of("conf", conf.toString())
            : Map.of("format", detected(lines).word());
    FrameScorer scorer = Frames.scorer(spark, SCORERS, options);
    Dataset<Row> rows = Frames.of(spark, lines);
    List<JsonNode> expected = annotated(lines, scorer.format(rows.schema()));
    List<String> found = scorer.score(rows).toJSON().collectAsList();
    assertThat(found).hasSameSizeAs(lines);
    for (int i = 0; i < lines.size(); i++) {
      JsonNode row = JSON.readTree(found.get(i));
      if (TEXTS_AND_MESSAGES.contains(name) && row.has("rejection")) {
        assertThat(row.at("/rejection/kind").asText()).isEqualTo("ambiguous");
        assertThat(row.at("/rejection/reason").asText())
            .contains("found a text that spells messages: it may be turns, or what is said");
      } else {
        assertThat(changed(JSON.readTree(lines.get(i)), row))
            .isEqualTo(changed(JSON.readTree(lines.get(i)), expected.get(i)));
      }
    }
  }

  private static RowFormat detected(List<String> lines) {
    return ((Detection.Detected)
            FormatDetector.detect(lines.stream().map(line -> line.getBytes(UTF_8)).toList()))
        .format();
  }

  /** What a row has that it did not have; labels of turns alone, as Spark orders their fields. */
  private static Map<String, JsonNode> changed(JsonNode before, JsonNode after) {
    Map<String, JsonNode> changed = new TreeMap<>();
    after
        .properties()
        .forEach(
            field -> {
              if (field.getKey().equals("conversations")) {
                for (int i = 0; i < field.getValue().size(); i++) {
                  JsonNode label = field.getValue().get(i).path("label");
                  if (label.isTextual()) {
                    changed.put("label of turn " + i, label);
                  }
                }
              } else if (!before.has(field.getKey())) {
                changed.put(field.getKey(), field.getValue());
              }
            });
    return changed;
  }

  private static List<JsonNode> annotated(List<String> lines, RowFormat format) throws IOException {
    List<JsonNode> all = new ArrayList<>();
    new Annotator(
            SCORERS.open(),
            new RowReader(format, ReadRules.ALL, ScoreFields.OWN)::read,
            Labels.of(LabelStyle.FLOAT).text(SCORERS.model().attributes(), RowWriting.defaults()),
            KnownScores.NONE)
        .annotate(
            lines.stream()
                .<RawLine>map(line -> new RawLine.Whole("lines", 0, line.getBytes(UTF_8)))
                .iterator(),
            new AnnotationSink() {
              @Override
              public void enriched(byte[] line) throws IOException {
                all.add(JSON.readTree(line));
              }

              @Override
              public void rejected(RawLine line, Rejected why) {
                all.add(JSON.createObjectNode().set("rejection", reason(why)));
              }

              @Override
              public void progress(AnnotationTotals soFar) {}
            });
    return all;
  }

  private static JsonNode reason(Rejected why) {
    return JSON.createObjectNode().put("kind", why.kind()).put("reason", why.reason());
  }
}
