package io.touchstone.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.files.columns.Columns;
import io.touchstone.files.columns.RecordFile;
import io.touchstone.files.columns.RecordSource;
import io.touchstone.files.commit.CommitStep;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Refused;
import io.touchstone.spark.annotate.AnnotateJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ParquetJobTest {

  private static final FakeScorerFactory SCORERS = FakeScorerFactory.named("parquet");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private static JavaSparkContext spark;

  @BeforeAll
  static void startSpark() {
    spark = new JavaSparkContext(Jobs.spark("local[2]"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @AfterEach
  void forget() {
    CommitStep.listen(step -> {});
  }

  private AnnotateReport toParquet(AnnotateConfig config) {
    AnnotatePlan plan = Jobs.plan(config, SCORERS).inColumns(new Configuration());
    return AnnotateJob.run(spark, plan, SCORERS, progress -> {});
  }

  private static List<String> records(Path folder) throws IOException {
    List<String> rows = new ArrayList<>();
    for (String name : Jobs.tree(folder)) {
      if (name.startsWith("part-")) {
        assertThat(name).endsWith(".parquet");
        Path part = folder.resolve(name);
        try (RecordSource records =
            RecordSource.open(
                new org.apache.hadoop.fs.Path(part.toUri()),
                new RecordSource.Range(0, Files.size(part)),
                new Configuration())) {
          for (byte[] row = records.next(); row != null; row = records.next()) {
            rows.add(new String(row, UTF_8));
          }
        }
      }
    }
    return rows;
  }

  /** With a field less, if the row has it. */
  private static JsonNode without(String row, String field) throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(row);
    json.remove(field);
    return json;
  }

  private Path parquet(String name, String... rows) throws IOException {
    Path file = folder.resolve(name);
    Columns columns = Columns.none();
    for (String row : rows) {
      columns = columns.merged(Columns.shown(row.getBytes(UTF_8)));
    }
    try (RecordFile out = new RecordFile(columns.settled(), Files.newOutputStream(file))) {
      for (String row : rows) {
        out.row(row.getBytes(UTF_8));
      }
    }
    return file;
  }

  private static final String[] ONE_OF_EACH_FORMAT = {
    "{\"conversations\":[{\"value\":\"hi\",\"from\":\"User\",\"label\":null},{\"value\":\"hello\","
        + "\"from\":\"Assistant\",\"label\":\"helpfulness:1\"}],\"mask\":\"User\",\"id\":1}",
    "{\"id\":2,\"prompt\":\"hi\",\"response\":\"hello\",\"helpfulness\":3}",
    "{\"context\":[{\"role\":\"user\",\"content\":\"hi\"}],\"response1\":\"a\",\"response2\":\"bb\"}",
    "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\","
        + "\"content\":\"hello\"}],\"tags\":[\"x\",\"y\"],\"meta\":{\"n\":1.5,\"ok\":true}}",
    "{\"conversations\":[{\"from\":\"human\",\"value\":\"hi\"},{\"from\":\"gpt\",\"value\":\"yes\"}]}",
    "{\"prompt\":\"hi\",\"responses\":[\"a\",\"bb\",\"ccc\"],\"reward\":\"none yet\"}",
    "{\"prompt\":\"hi\",\"chosen\":\"aa\",\"rejected\":\"b\"}",
    "{\"chosen\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"a\"}],"
        + "\"rejected\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\","
        + "\"content\":\"bb\"}]}",
    "{\"prompt\":\"hi\",\"chosen\":[\"a\",\"bb\"],\"rejected\":[\"c\"],\"id\":\"x\"}",
    "{\"question\":\"hi\",\"response_A\":\"a\",\"response_B\":\"bb\",\"label\":\"A>B\"}",
    "{\"input\":\"hi\",\"output\":\"hello\"}",
  };

  @Test
  void everyFormatIsScoredAlikeFromLinesAndFromColumnsIntoLinesAndIntoColumns() throws IOException {
    for (int i = 0; i < ONE_OF_EACH_FORMAT.length; i++) {
      String row = ONE_OF_EACH_FORMAT[i];
      Path lines = Files.writeString(folder.resolve("in-" + i + ".jsonl"), row + "\n");
      Path columns = parquet("in-" + i + ".parquet", row);
      Path expected = folder.resolve("lines-" + i);
      Jobs.run(spark, Jobs.config(expected, 1 << 20, lines.toString()), SCORERS);
      String scored = Jobs.parts(expected).strip();
      assertThat(scored).as(row).isNotEqualTo(row);

      Path fromColumns = folder.resolve("from-columns-" + i);
      Jobs.run(spark, Jobs.config(fromColumns, 1 << 20, columns.toString()), SCORERS);
      assertThat(Jobs.parts(fromColumns)).as(row).isEqualToIgnoringNewLines(scored);

      Path toColumns = folder.resolve("to-columns-" + i);
      toParquet(Jobs.config(toColumns, 1 << 20, lines.toString()));
      assertThat(records(toColumns)).hasSize(1);
      assertThat(without(records(toColumns).get(0), "_extra"))
          .as(row)
          .isEqualTo(JSON.readTree(scored));
      assertThat(records(toColumns).get(0)).endsWith(",\"_extra\":null}");

      Path throughout = folder.resolve("throughout-" + i);
      AnnotateReport report = toParquet(Jobs.config(throughout, 1 << 20, columns.toString()));
      assertThat(records(throughout)).as(row).hasSize(1);
      assertThat(JSON.readTree(records(throughout).get(0))).isEqualTo(JSON.readTree(scored));
      assertThat(report.firstRow()).contains(records(throughout).get(0));
    }
  }

  @Test
  void allPartsHaveTheSameColumnsAndRejectedLinesAreLines() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      rows.add(i == 30 ? "not json" : Jobs.row(i, "answer " + i));
    }
    rows.add("{\"prompt\": \"late\", \"response\": \"x\", \"late\": [1]}");
    Path input = Files.write(folder.resolve("in.jsonl"), rows);
    Path out = folder.resolve("out");
    AnnotateReport report = toParquet(Jobs.config(out, 20_000, input.toString()));
    assertThat(report.pieces()).isGreaterThan(2);
    assertThat(report.totals().out()).isEqualTo(1_200);
    List<String> written = records(out);
    assertThat(written).hasSize(1_200);
    assertThat(written.get(1_199))
        .startsWith("{\"prompt\":\"late\",\"response\":\"x\",\"reward\":")
        .endsWith(",\"_extra\":\"{\\\"late\\\": [1]}\"}");
    assertThat(Files.readString(out.resolve("_rejected/part-00000.jsonl")))
        .contains("\"line\": \"not json\"");
    Columns first = footer(out.resolve("part-00000.parquet")).columns();
    for (String name : Jobs.tree(out)) {
      if (name.startsWith("part-")) {
        assertThat(footer(out.resolve(name)).columns()).as(name).isEqualTo(first);
      }
    }
    assertThat(first.toString())
        .contains("optional double reward;", "optional binary _extra (STRING);");
    assertThat(toParquet(Jobs.config(out, 20_000, input.toString())).alreadyDone()).isTrue();
    Refused refused =
        catchThrowableOfType(
            Refused.class,
            () -> Jobs.run(spark, Jobs.config(out, 20_000, input.toString()), SCORERS));
    assertThat(refused.problems())
        .contains(
            "[file:" + out + "] was made by another job: output-format: was parquet, is not set");
  }

  private static RecordSource.Footer footer(Path file) throws IOException {
    return RecordSource.footer(
        new org.apache.hadoop.fs.Path(file.toUri()), Set.of(), new Configuration());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONTENT_DISCARDED")
  void aJobThatDiesAtAnyStepIsFinishedByTheSameCommand(CommitStep step) throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(i == 7 ? "{\"prompt\": 1}" : Jobs.row(i, "answer " + i));
    }
    Path input = Files.write(folder.resolve("in.jsonl"), rows);
    AnnotateConfig config = Jobs.config(folder.resolve("out"), 500, input.toString());
    CommitStep.listen(Death.at(step));
    assertThatThrownBy(() -> toParquet(config))
        .hasStackTraceContaining("died when " + step + " was reached");
    CommitStep.listen(now -> {});
    toParquet(config);
    List<String> written = records(folder.resolve("out"));
    assertThat(written).hasSize(39);
    List<String> prompts = new ArrayList<>();
    for (String row : written) {
      prompts.add(JSON.readTree(row).get("prompt").asText());
    }
    assertThat(prompts).doesNotHaveDuplicates().startsWith("question 0").endsWith("question 39");
  }

  /** A file of row groups of ten rows each. */
  private Path grouped(int rows) throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required binary prompt (STRING); optional binary response (STRING); }");
    Path file = folder.resolve("grouped.parquet");
    try (ParquetWriter<Group> out =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(schema)
            .withRowGroupRowCountLimit(10)
            .build()) {
      for (int i = 0; i < rows; i++) {
        SimpleGroup group = new SimpleGroup(schema);
        group.add("prompt", "question " + i);
        if (i != 57) {
          group.add("response", "answer " + i);
        }
        out.write(group);
      }
    }
    return file;
  }

  @Test
  void rowGroupsAreReadByTasksOfTheirOwnAndARejectedRowSaysItsNumber() throws IOException {
    Path input = grouped(95);
    Path out = folder.resolve("out");
    AnnotateReport report = Jobs.run(spark, Jobs.config(out, 1, input.toString()), SCORERS);
    assertThat(report.pieces()).isEqualTo(10);
    List<String> rows = Jobs.parts(out).lines().toList();
    assertThat(rows).hasSize(94);
    assertThat(rows.get(0)).startsWith("{\"prompt\":\"question 0\"");
    assertThat(rows.get(93)).startsWith("{\"prompt\":\"question 94\"");
    assertThat(Files.readString(out.resolve("_rejected/part-00005.jsonl")))
        .isEqualTo(
            "{\"source\": \"file:"
                + input
                + "\", \"offset\": 57, \"kind\": \"missing-field\", \"reason\": \"response: expected a"
                + " string or a list of messages, found null\", \"line\":"
                + " \"{\\\"prompt\\\":\\\"question 57\\\",\\\"response\\\":null}\"}\n");
    Path whole = folder.resolve("whole");
    Jobs.run(spark, Jobs.config(whole, 1 << 20, input.toString()), SCORERS);
    assertThat(Jobs.parts(whole)).isEqualTo(Jobs.parts(out));
  }

  @Test
  void aResultInColumnsIsAnInputLikeOthers() throws IOException {
    Path input = Files.writeString(folder.resolve("in.jsonl"), Jobs.row(1, "a") + "\n");
    Path out = folder.resolve("out");
    toParquet(Jobs.config(out, 1 << 20, input.toString()));
    Path again = folder.resolve("again");
    AnnotateReport report = toParquet(Jobs.config(again, 1 << 20, out.toString()));
    assertThat(report.totals().out()).isEqualTo(1);
    assertThat(records(again)).isEqualTo(records(out));
  }

  @Test
  void unfitColumnsAndBrokenFilesAreRefusedBeforeTheJobBegins() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required binary prompt (STRING); required binary response (STRING);"
                + " optional group any (VARIANT(1)) { required binary metadata; optional binary"
                + " value; } }");
    Path unfit = folder.resolve("unfit.parquet");
    ExampleParquetWriter.builder(new LocalOutputFile(unfit)).withType(schema).build().close();
    Path broken = Files.writeString(folder.resolve("broken.parquet"), "PAR1 but not really");
    Refused refused =
        catchThrowableOfType(
            Refused.class,
            () ->
                Jobs.plan(
                    Jobs.config(folder.resolve("out"), 1, unfit.toString(), broken.toString()),
                    SCORERS));
    assertThat(refused.problems()).hasSize(2);
    assertThat(refused.problems().get(0))
        .isEqualTo(
            "[file:"
                + unfit
                + "] expected columns that can stand in a JSON row, found any (VARIANT(1)): leave"
                + " them out, with --drop-columns where the job has it, or cast them to text");
    assertThat(refused.problems().get(1))
        .startsWith("[file:" + broken + "] cannot be read: expected a Parquet file, found ");
  }

  @Test
  void aFileThatWasReplacedSinceItWasPlannedFailsTheJob() throws IOException {
    Path input = grouped(20);
    AnnotatePlan plan =
        Jobs.plan(Jobs.config(folder.resolve("out"), 1 << 20, input.toString()), SCORERS);
    Files.delete(input);
    grouped(30);
    assertThatThrownBy(() -> AnnotateJob.run(spark, plan, SCORERS, progress -> {}))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(plan.pieces().get(0) + ": [file:" + input + "] expected ")
        .hasMessageContaining(", as it was planned, found " + Files.size(input) + " bytes ");
  }

  @Test
  void whatOtherProgramsWroteIsRead() throws IOException {
    TreeMap<String, Path> samples = new TreeMap<>();
    for (String name : List.of("pyarrow-snappy", "pyarrow-zstd-v2")) {
      samples.put(name, Path.of("src/test/resources/columns", name + ".parquet"));
    }
    List<String> expected = Files.readAllLines(Path.of("src/test/resources/columns/pyarrow.jsonl"));
    samples.forEach(
        (name, file) -> {
          Path out = folder.resolve(name);
          AnnotateReport report =
              toParquet(Jobs.config(out, 1 << 20, file.toAbsolutePath().toString()));
          assertThat(report.totals().out()).as(name).isEqualTo(expected.size());
          try {
            List<String> found = records(out);
            for (int i = 0; i < expected.size(); i++) {
              assertThat(without(found.get(i), "reward"))
                  .as(name)
                  .isEqualTo(JSON.readTree(expected.get(i)));
            }
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  /** Numbers of all their digits. */
  private static JsonNode exact(String row) throws IOException {
    return JSON.reader(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).readTree(row);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pyarrow", "int96", "duckdb", "spark"})
  void typesOfOtherProgramsAreReadAsTheyMeanThemAndComeBack(String program) throws IOException {
    Path columns = Path.of("src/test/resources/columns");
    Path file = columns.resolve("types-" + program + ".parquet").toAbsolutePath();
    List<String> expected = Files.readAllLines(columns.resolve("types-" + program + ".jsonl"));
    Path lines = folder.resolve("lines");
    Jobs.run(spark, Jobs.config(lines, 1 << 20, file.toString()), SCORERS);
    Path out = folder.resolve("out");
    toParquet(Jobs.config(out, 1 << 20, file.toString()));
    Path again = folder.resolve("again");
    Jobs.run(spark, Jobs.config(again, 1 << 20, out.toString()), SCORERS);
    List<String> found = Jobs.parts(lines).lines().toList();
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      ObjectNode row = (ObjectNode) exact(found.get(i));
      row.remove("reward");
      assertThat(row).isEqualTo(exact(expected.get(i)));
    }
    // An interval is bytes then: what Parquet's library marks it with others cannot read.
    assertThat(Jobs.parts(again).replace("\"DgAAAAMAAACCFAAA\"", "\"P14M3DT5.250S\""))
        .isEqualTo(Jobs.parts(lines));
    Set<String> aside = Set.of("reward", "span");
    assertThat(footer(out.resolve("part-00000.parquet")).columns().without(aside))
        .isEqualTo(footer(file).columns().without(aside));
  }

  @Test
  void filesOfDifferentTypesShareAColumnThatHasRoomForBoth() throws IOException {
    String fields = "required binary prompt (STRING); required binary response (STRING);";
    List<String> inputs = new ArrayList<>();
    for (String type :
        List.of("int64 at (TIMESTAMP(MILLIS,true))", "int64 at (TIMESTAMP(NANOS,true))")) {
      MessageType schema =
          MessageTypeParser.parseMessageType("message m { " + fields + " required " + type + "; }");
      Path file = folder.resolve("in-" + inputs.size() + ".parquet");
      try (ParquetWriter<Group> out =
          ExampleParquetWriter.builder(new LocalOutputFile(file)).withType(schema).build()) {
        SimpleGroup row = new SimpleGroup(schema);
        row.add("prompt", "question");
        row.add("response", "answer");
        // In milliseconds a year of which no nanosecond can be counted.
        row.add("at", inputs.isEmpty() ? 10_000_000_000_000L : 1L);
        out.write(row);
      }
      inputs.add(file.toString());
    }
    Path out = folder.resolve("out");
    toParquet(Jobs.config(out, 1 << 20, inputs.get(0), inputs.get(1)));
    assertThat(footer(out.resolve("part-00000.parquet")).columns().toString())
        .contains("optional int64 at (TIMESTAMP(NANOS,true));", "optional binary _extra (STRING);");
    assertThat(records(out).get(0))
        .contains("\"at\":null", "\"_extra\":\"{\\\"at\\\": \\\"2286-11-20T17:46:40Z\\\"}\"");
    assertThat(records(out).get(1)).contains("\"at\":\"1970-01-01T00:00:00.000000001Z\"");
  }

  @Test
  void bytesThatWouldBeScoredAsWordsAreRefused() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required binary prompt (STRING); required binary response; optional binary"
                + " raw; }");
    Path file = folder.resolve("in.parquet");
    try (ParquetWriter<Group> out =
        ExampleParquetWriter.builder(new LocalOutputFile(file)).withType(schema).build()) {
      SimpleGroup row = new SimpleGroup(schema);
      row.add("prompt", "question");
      row.add("response", "answer");
      row.add("raw", "anything");
      out.write(row);
    }
    Refused refused =
        catchThrowableOfType(
            Refused.class,
            () -> Jobs.plan(Jobs.config(folder.resolve("out"), 1, file.toString()), SCORERS));
    assertThat(refused.problems())
        .containsExactly(
            "[file:"
                + file
                + "] column response: expected text, as helpsteer2 rows are read, found binary: cast"
                + " it to text, in Spark CAST(... AS STRING), or leave it out with --drop-columns");
  }
}
