package io.touchstone.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.files.JsonFile;
import io.touchstone.jobs.TooManyRejectedException;
import io.touchstone.jobs.generate.GenerateConfig;
import io.touchstone.jobs.generate.GenerateReport;
import io.touchstone.problem.JobException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs with a generator that costs nothing, on a Spark of this process. */
final class GenerateJobTest {

  private static final int ROWS = 60;

  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark = new JavaSparkContext(Jobs.spark("local[2]"));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  private Path input(String name, List<String> rows) throws IOException {
    return Files.write(folder.resolve(name), rows);
  }

  private static JsonNode json(String line) throws IOException {
    return JsonFile.tree(line.getBytes(UTF_8));
  }

  @Test
  void everyRowIsAnsweredInTheOrderOfTheInputAndKeepsItsOtherFields() throws IOException {
    Path input = input("in.jsonl", GenerateJobs.rows(ROWS));
    Path out = folder.resolve("out");
    GenerateReport report =
        GenerateJobs.run(
            spark,
            GenerateJobs.config(out, Files.size(input) / 4 + 1, input),
            FakeGeneratorFactory.named("order"));
    List<String> lines = Jobs.parts(out).lines().toList();
    assertThat(lines).hasSize(ROWS);
    for (int i = 0; i < ROWS; i++) {
      JsonNode row = json(lines.get(i));
      assertThat(row.path("id").asInt()).isEqualTo(i);
      assertThat(row.path("prompt").asText()).isEqualTo("question ".repeat(1 + i % 5) + i);
      assertThat(row.path("responses")).hasSize(2);
      assertThat(row.path("thoughts")).hasSize(2);
      assertThat(row.path("finishes")).hasSize(2);
      assertThat(row.path("token_counts")).hasSize(2);
      assertThat(row.path("logprob_sums")).hasSize(2);
      assertThat(row.has("response")).isFalse();
    }
    assertThat(report.totals().out()).isEqualTo(ROWS);
    assertThat(report.totals().answers().count()).isEqualTo(2 * ROWS);
    assertThat(report.totals().repeats().count()).isZero();
    assertThat(out.resolve("_SUCCESS")).exists();
    assertThat(out.resolve("_tmp")).doesNotExist();
    JsonNode run = JsonFile.tree(Files.readAllBytes(out.resolve("_run.json")));
    assertThat(run.path("rows").toString())
        .isEqualTo("{\"in\":60,\"out\":60,\"rejected\":0,\"blank\":0}");
    assertThat(run.path("generator").path("effective").path("max-new-tokens").asText())
        .isEqualTo("13");
    assertThat(run.path("answers").path("count").asInt()).isEqualTo(2 * ROWS);
    assertThat(run.path("equalPrompts").toString()).isEqualTo("{\"rows\":0,\"exact\":true}");
  }

  @Test
  void theSameBytesComeOfOtherPiecesAndOfAnotherNumberOfRowsUnderWay() throws IOException {
    Path input = input("in.jsonl", GenerateJobs.rows(ROWS));
    Path one = folder.resolve("one");
    Path many = folder.resolve("many");
    GenerateJobs.run(
        spark, GenerateJobs.config(one, 1 << 20, input), FakeGeneratorFactory.named("one"));
    GenerateJobs.run(
        spark,
        GenerateJobs.config(many, Files.size(input) / 7 + 1, input),
        FakeGeneratorFactory.named("many").withRoom(1));
    assertThat(Jobs.parts(many)).isEqualTo(Jobs.parts(one)).isNotEmpty();
  }

  @Test
  void linesThatCannotBeAnsweredAreSetAsideWithTheirReasons() throws IOException {
    List<String> rows = new ArrayList<>(GenerateJobs.rows(6));
    rows.add(2, "{\"prompt\": 7, \"response\": \"\"}");
    rows.add(4, "");
    rows.add(5, GenerateJobs.row(99, "x".repeat(1_001)));
    rows.add("{\"prompt\": \"" + "y".repeat(5_000) + "\", \"response\": \"\"}");
    rows.add("{\"prompt\": \"a\", \"response\": \"\", \"finishes\": []}");
    Path input = input("in.jsonl", rows);
    Path out = folder.resolve("out");
    GenerateConfig config = GenerateJobs.config(out, 1 << 20, input);
    assertThatThrownBy(() -> GenerateJobs.plan(config, FakeGeneratorFactory.named("clash")))
        .hasMessage(
            "["
                + "file:"
                + input
                + "] finishes: expected a row without this field, under whose name answers are"
                + " written, found it in 1 of the first 9 rows: rename it or leave it out");
    rows.remove(rows.size() - 1);
    Files.write(input, rows);
    GenerateReport report = GenerateJobs.run(spark, config, FakeGeneratorFactory.named("rejects"));
    assertThat(report.totals().rejected())
        .containsExactly(
            Map.entry("line-too-long", 1L),
            Map.entry("too-many-tokens", 1L),
            Map.entry("wrong-type", 1L));
    assertThat(report.totals().blank()).isEqualTo(1);
    assertThat(report.totals().out()).isEqualTo(6);
    assertThat(Jobs.parts(out.resolve("_rejected")).lines().map(GenerateJobTest::reason))
        .containsExactly(
            "wrong-type: prompt: expected a string or a list of messages, found a number",
            "too-many-tokens: expected at most 1000 tokens, found 1001",
            "line-too-long: expected a line of at most 5000 bytes, found 5030");
  }

  private static String reason(String line) {
    try {
      return json(line).path("kind").asText() + ": " + json(line).path("reason").asText();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void equalPromptsAreCountedOverAllPiecesAndByTheirIdsWhereTheyHaveSome() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(GenerateJobs.row(i, "question " + i % 8));
    }
    Path input = input("in.jsonl", rows);
    Path out = folder.resolve("out");
    GenerateReport report =
        GenerateJobs.run(
            spark, GenerateJobs.config(out, 200, input), FakeGeneratorFactory.named("equal"));
    assertThat(report.totals().repeats().count()).isEqualTo(12);
    List<String> lines = Jobs.parts(out).lines().toList();
    assertThat(json(lines.get(9)).path("responses"))
        .isEqualTo(json(lines.get(1)).path("responses"));
    Path byId = folder.resolve("by-id");
    GenerateReport identified =
        GenerateJobs.run(
            spark,
            GenerateJobs.withIds(GenerateJobs.config(byId, 200, input), "id"),
            FakeGeneratorFactory.named("by-id"));
    assertThat(identified.totals().repeats().count()).isZero();
    List<String> other = Jobs.parts(byId).lines().toList();
    assertThat(json(other.get(9)).path("responses"))
        .isNotEqualTo(json(other.get(1)).path("responses"));
  }

  @Test
  void aFieldThatIsToIdentifyRowsAndThatNoneHasEndsTheCall() throws IOException {
    Path input = input("in.jsonl", GenerateJobs.rows(3));
    assertThatThrownBy(
            () ->
                GenerateJobs.plan(
                    GenerateJobs.withIds(
                        GenerateJobs.config(folder.resolve("out"), 200, input), "uid"),
                    FakeGeneratorFactory.named("no-id")))
        .hasMessage(
            "--id-field: ["
                + "file:"
                + input
                + "] expected a field uid in one of the first 3 rows, found it in none");
  }

  @Test
  void aRowThatTheModelCannotBearIsSetAsideAndThoseBesideItAreAnswered() throws IOException {
    List<String> rows = new ArrayList<>(GenerateJobs.rows(ROWS));
    rows.set(23, GenerateJobs.row(23, "bad " + PromptHarm.POISON));
    Path input = input("in.jsonl", rows);
    Path out = folder.resolve("out");
    GenerateReport report =
        GenerateJobs.run(
            spark,
            GenerateJobs.config(out, 1 << 20, input),
            FakeGeneratorFactory.named("fails").with(PromptHarm.FAILS));
    assertThat(report.totals().out()).isEqualTo(ROWS - 1);
    assertThat(Jobs.parts(out.resolve("_rejected")).lines().map(GenerateJobTest::reason))
        .containsExactly(
            "generator-failed: the model: expected an answer to the row alone, found a failure:"
                + " IllegalArgumentException");
    rows.remove(23);
    Path sound = folder.resolve("sound");
    GenerateJobs.run(
        spark,
        GenerateJobs.config(sound, 1 << 20, input("sound.jsonl", rows)),
        FakeGeneratorFactory.named("sound"));
    assertThat(Jobs.parts(out)).isEqualTo(Jobs.parts(sound));
  }

  @Test
  void noRowIsBlamedWhereTheGeneratorAnswersNothingAnyMore() throws IOException {
    Path input = input("in.jsonl", GenerateJobs.rows(ROWS));
    Path out = folder.resolve("out");
    assertThatThrownBy(
            () ->
                GenerateJobs.run(
                    spark,
                    GenerateJobs.config(out, 1 << 20, input),
                    FakeGeneratorFactory.named("breaks").with(PromptHarm.BREAKS)))
        .isInstanceOf(JobException.class)
        .hasMessageContaining(
            "generator: expected it to be sound after a row failed with IllegalStateException, found"
                + " that it answers nothing any more");
    assertThat(out.resolve("_rejected")).doesNotExist();
  }

  @Test
  void aJobThatRejectsMoreThanItMayIsEndedEarly() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      rows.add(i % 2 == 0 ? "no row" : GenerateJobs.row(i, "question " + i));
    }
    Path input = input("in.jsonl", rows);
    GenerateConfig config =
        GenerateJobs.withPolicy(
            GenerateJobs.config(folder.resolve("out"), 500, input),
            (rejected, in) -> rejected > 3,
            0);
    assertThatThrownBy(
            () ->
                GenerateJobs.run(
                    spark, config, FakeGeneratorFactory.named("too-many").withPasses(20)))
        .isInstanceOf(TooManyRejectedException.class)
        .hasMessageContaining("lines rejected before the end of the input");
  }

  @Test
  void compressedInputsAndParquetGiveTheSameRowsAsPlainLines() throws IOException {
    List<String> rows = GenerateJobs.rows(ROWS);
    Path plain = input("in.jsonl", rows);
    Path zipped = folder.resolve("in.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write((String.join("\n", rows) + "\n").getBytes(UTF_8));
    }
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    GenerateJobs.run(
        spark, GenerateJobs.config(first, 1 << 20, plain), FakeGeneratorFactory.named("plain"));
    GenerateJobs.run(
        spark, GenerateJobs.config(second, 1 << 20, zipped), FakeGeneratorFactory.named("gz"));
    assertThat(Jobs.parts(second)).isEqualTo(Jobs.parts(first));
  }

  @Test
  void theSameCommandAgainDoesNothingAndTellsTheSame() throws IOException {
    Path input = input("in.jsonl", GenerateJobs.rows(10));
    GenerateConfig config = GenerateJobs.config(folder.resolve("out"), 1 << 20, input);
    FakeGeneratorFactory generators = FakeGeneratorFactory.named("again");
    GenerateReport first = GenerateJobs.run(spark, config, generators);
    GenerateReport second = GenerateJobs.run(spark, config, generators);
    assertThat(second.alreadyDone()).isTrue();
    assertThat(second.totals().answers()).isEqualTo(first.totals().answers());
    assertThat(second.seconds()).isEqualTo(first.seconds());
    assertThat(generators.answered()).isEqualTo(10);
  }
}
