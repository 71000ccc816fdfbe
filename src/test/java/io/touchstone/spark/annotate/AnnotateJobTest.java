package io.touchstone.spark.annotate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import io.touchstone.files.Compression;
import io.touchstone.files.commit.CommitStep;
import io.touchstone.files.commit.OutputState;
import io.touchstone.files.read.CompressedInputTest;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.jobs.annotate.RowWriting;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Refused;
import io.touchstone.progress.JobProgress;
import io.touchstone.spark.FakeScorerFactory;
import io.touchstone.spark.Jobs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AnnotateJobTest {

  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    spark = new JavaSparkContext(Jobs.spark("local[2,2]"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  private Path rows(int count) throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(Jobs.row(i, "answer ".repeat(i % 7) + i));
    }
    return Files.write(folder.resolve("in.jsonl"), rows);
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(Files.readString(file));
  }

  @Test
  void theSameInputInOnePieceAndInSevenGivesTheSameOutputInOrder() throws IOException {
    Path input = rows(300);
    FakeScorerFactory scorers = FakeScorerFactory.named("pieces");
    Path one = folder.resolve("one");
    Path seven = folder.resolve("seven");
    Jobs.run(spark, Jobs.config(one, 1 << 20, input.toString()), scorers);
    long pieceBytes = (Files.size(input) + 6) / 7;
    AnnotateReport report =
        Jobs.run(spark, Jobs.config(seven, pieceBytes, input.toString()), scorers);
    assertThat(report.pieces()).isEqualTo(7);
    assertThat(Jobs.parts(seven)).isEqualTo(Jobs.parts(one));
    List<String> out = Jobs.parts(one).lines().toList();
    List<String> in = Files.readAllLines(input);
    assertThat(out).hasSize(300);
    for (int i = 0; i < 300; i++) {
      String row = in.get(i);
      assertThat(out.get(i)).startsWith(row.substring(0, row.length() - 1)).contains("\"reward\"");
    }
    assertThat(report.firstRow()).contains(out.get(0));
    assertThat(scorers.opened()).as("replicas of a process").isEqualTo(1);
  }

  @Test
  void leavesTheFilesOfTheContractAndTotalsThatAddUp() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes((Jobs.row(0, "good") + "\r\n \t\n").getBytes(UTF_8));
    bytes.writeBytes("not json\n".getBytes(UTF_8));
    bytes.writeBytes(new byte[] {'{', '"', (byte) 0xff, '\n'});
    bytes.writeBytes((Jobs.row(1, "long ".repeat(300)) + "\n").getBytes(UTF_8));
    bytes.writeBytes((Jobs.row(2, "longest ".repeat(1_000)) + "\n").getBytes(UTF_8));
    bytes.writeBytes(Jobs.row(3, "good too").getBytes(UTF_8));
    Path input = Files.write(folder.resolve("in.jsonl"), bytes.toByteArray());
    Path clean = Files.writeString(folder.resolve("in2.jsonl"), Jobs.row(4, "clean"));
    Path out = folder.resolve("out");
    AnnotateReport report =
        Jobs.run(
            spark,
            Jobs.config(out, 1 << 20, input.toString(), clean.toString()),
            FakeScorerFactory.named("contract"));

    assertThat(Jobs.tree(out))
        .containsExactly(
            "_SUCCESS",
            "_plan.json",
            "_rejected/part-00000.jsonl",
            "_run.json",
            "_stats/part-00000.json",
            "_stats/part-00001.json",
            "part-00000.jsonl",
            "part-00001.jsonl");
    assertThat(out.resolve("_tmp")).doesNotExist();
    assertThat(report.totals().in()).isEqualTo(7);
    assertThat(report.totals().out()).isEqualTo(3);
    assertThat(report.totals().blank()).isEqualTo(1);
    assertThat(report.totals().rejected())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("not-json", 1L, "invalid-utf8", 1L, "too-many-tokens", 1L, "line-too-long", 1L));

    List<JsonNode> rejected = new ArrayList<>();
    for (String line : Files.readAllLines(out.resolve("_rejected/part-00000.jsonl"))) {
      rejected.add(new ObjectMapper().readTree(line));
    }
    assertThat(rejected)
        .extracting(line -> line.get("source").asText())
        .containsOnly("file:" + input);
    assertThat(rejected.get(0).get("line").asText()).isEqualTo("not json");
    assertThat(rejected.get(0).get("offset").asLong())
        .isEqualTo((Jobs.row(0, "good") + "\r\n \t\n").length());
    assertThat(rejected.get(1).get("line_base64").binaryValue()).containsExactly('{', '"', 0xff);
    assertThat(rejected.get(2).get("reason").asText())
        .isEqualTo("expected at most 1000 tokens, found 1511");
    assertThat(rejected.get(3).get("reason").asText())
        .startsWith("expected a line of at most 5000 bytes, found 80");
    assertThat(rejected.get(3).get("line").asText())
        .isEqualTo(Jobs.row(2, "longest ".repeat(1_000)));

    JsonNode run = json(out.resolve("_run.json"));
    assertThat(run.get("rows").toString())
        .isEqualTo("{\"in\":7,\"out\":3,\"rejected\":4,\"blank\":1}");
    assertThat(run.get("rejectedByKind").get("too-many-tokens").asInt()).isEqualTo(1);
    assertThat(run.get("tokens").get("presented").asLong())
        .isEqualTo(report.totals().presentedTokens());
    assertThat(run.get("scores").get("helpfulness").get("count").asInt()).isEqualTo(3);
    assertThat(run.get("model").get("fingerprint").asText()).isEqualTo("contract");
    assertThat(run.get("model").get("templateDate").asText()).isEqualTo("2026-01-01");
    assertThat(run.get("configuration").get("reward-token").asText()).isEqualTo("0");
    assertThat(run.get("program").asText()).isEqualTo("touchstone test");
    assertThat(run.get("seconds").fieldNames())
        .toIterable()
        .containsExactly("total", "load", "prepare", "forward");
    assertThat(run.get("seconds").get("load").asDouble()).isPositive();
    assertThat(run.get("pieceTimings")).hasSize(report.pieces());
    JsonNode timing = run.get("pieceTimings").get(0);
    assertThat(timing.fieldNames())
        .toIterable()
        .containsExactly("piece", "executor", "rows", "tokens", "seconds", "prepare", "forward");
    assertThat(timing.get("executor").asText()).isEqualTo("driver");
    assertThat(timing.get("seconds").asDouble()).isPositive();
  }

  @Test
  void readsAllKindsOfFilesAndRejectsWhatRemainsOfABrokenArray() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.write(in.resolve("a.jsonl.gz"), CompressedInputTest.gzip(Jobs.row(1, "gzip") + "\n"));
    Files.write(in.resolve("b.jsonl.zst"), Zstd.compress(Jobs.row(2, "zstd").getBytes(UTF_8)));
    Files.writeString(
        in.resolve("c.json"), "[\n" + Jobs.row(3, "array") + ",\n" + Jobs.row(4, "too") + "\n]");
    Files.writeString(in.resolve("d.json"), "[" + Jobs.row(5, "broken"));
    Files.writeString(in.resolve("e.jsonl"), "\n  \n");
    Files.writeString(in.resolve("f.jsonl"), "");
    Path out = folder.resolve("out");
    AnnotateReport report =
        Jobs.run(spark, Jobs.config(out, 1 << 20, in.toString()), FakeScorerFactory.named("kinds"));
    assertThat(Jobs.parts(out).lines())
        .extracting(line -> line.substring(0, 23))
        .containsExactly(
            "{\"prompt\": \"question 1\"",
            "{\"prompt\": \"question 2\"",
            "{\"prompt\": \"question 3\"",
            "{\"prompt\": \"question 4\"",
            "{\"prompt\": \"question 5\"");
    assertThat(report.totals().blank()).isEqualTo(2);
    assertThat(report.totals().rejected())
        .containsExactlyEntriesOf(new TreeMap<>(Map.of("not-json", 1L)));
    assertThat(json(out.resolve("_rejected/part-00003.jsonl")).get("reason").asText())
        .isEqualTo(
            "expected ',' or ']' after an element of the array, found the end of the file; the"
                + " rest is not read");
  }

  @Test
  void aCutOffFileFailsTheJobByName() throws IOException {
    byte[] whole = CompressedInputTest.gzip((Jobs.row(1, "gzip") + "\n").repeat(100_000));
    Path input =
        Files.write(folder.resolve("cut.jsonl.gz"), Arrays.copyOf(whole, whole.length - 9));
    AnnotateConfig config = Jobs.config(folder.resolve("out"), 1 << 20, input.toString());
    JobException thrown =
        catchThrowableOfType(
            JobException.class, () -> Jobs.run(spark, config, FakeScorerFactory.named("cut")));
    assertThat(thrown)
        .hasMessage(
            "[file:"
                + input
                + "] piece 0 (bytes 0 to "
                + (whole.length - 9)
                + "): Unexpected end of ZLIB input stream");
    assertThat(folder.resolve("out/part-00000.jsonl")).doesNotExist();
    assertThat(Jobs.tree(folder.resolve("out"))).containsExactly("_plan.json");
  }

  @Test
  void aRunThatFailedIsFinishedByTheNextWhichKeepsWhatWasCommitted() throws IOException {
    Path input = rows(200);
    Path out = folder.resolve("out");
    AnnotateConfig config = Jobs.config(out, Files.size(input) / 6 + 1, input.toString());
    FakeScorerFactory scorers = FakeScorerFactory.named("resume-good");
    // Another replica than that of the good factory: replicas go by the model's description.
    FakeScorerFactory failing = FakeScorerFactory.named("resume-bad").failingAt("question 190");
    AnnotatePlan plan = Jobs.plan(config, scorers);
    JobException thrown =
        catchThrowableOfType(
            JobException.class, () -> AnnotateJob.run(spark, plan, failing, progress -> {}));
    assertThat(thrown)
        .hasMessage(plan.pieces().get(5) + ": scorer: expected to live, found its end");
    assertThat(out.resolve("_SUCCESS")).doesNotExist();
    assertThat(out.resolve("part-00005.jsonl")).doesNotExist();
    assertThat(plan.folder(spark.hadoopConfiguration()).check())
        .isInstanceOf(OutputState.Unfinished.class);
    Object inode = Files.getAttribute(out.resolve("part-00000.jsonl"), "unix:ino");
    Files.createDirectories(out.resolve("_tmp"));
    Files.writeString(out.resolve("_tmp/part-00005.dead.jsonl"), "half a li");

    AnnotateReport report = Jobs.run(spark, config, scorers);
    assertThat(report.resumedPieces()).isBetween(1, 5);
    assertThat(report.totals().out()).isEqualTo(200);
    assertThat(Files.getAttribute(out.resolve("part-00000.jsonl"), "unix:ino")).isEqualTo(inode);
    assertThat(out.resolve("_tmp")).doesNotExist();
    Path undisturbed = folder.resolve("undisturbed");
    Jobs.run(spark, Jobs.config(undisturbed, 1 << 20, input.toString()), scorers);
    assertThat(Jobs.parts(out)).isEqualTo(Jobs.parts(undisturbed));

    AnnotateReport again = Jobs.run(spark, config, scorers);
    assertThat(again.alreadyDone()).isTrue();
    assertThat(again.totals()).isEqualTo(report.totals());
    assertThat(again.seconds()).isEqualTo(report.seconds());
    assertThat(again.firstRow()).isEqualTo(report.firstRow());
  }

  @Test
  void aReplicaThatDoesNotOpenFailsTheTaskAndIsTriedAnew() throws IOException {
    Path input = rows(3);
    FakeScorerFactory once = FakeScorerFactory.named("once").failingToOpen(1);
    AnnotateReport report =
        Jobs.run(spark, Jobs.config(folder.resolve("a"), 1 << 20, input.toString()), once);
    assertThat(report.totals().out()).isEqualTo(3);
    assertThat(once.opened()).isEqualTo(2);
    FakeScorerFactory never = FakeScorerFactory.named("never").failingToOpen(9);
    JobException thrown =
        catchThrowableOfType(
            JobException.class,
            () ->
                Jobs.run(
                    spark, Jobs.config(folder.resolve("b"), 1 << 20, input.toString()), never));
    assertThat(thrown)
        .hasMessageEndingWith(": [/models/fake] expected a model, found none on try 2");
  }

  @Test
  void anInputThatWasCutShortSinceItWasPlannedFailsTheJobByName() throws IOException {
    Path input = rows(20);
    FakeScorerFactory scorers = FakeScorerFactory.named("grown");
    AnnotatePlan plan =
        Jobs.plan(Jobs.config(folder.resolve("out"), 1 << 20, input.toString()), scorers);
    long planned = Files.size(input);
    String content = Files.readString(input);
    Files.writeString(input, content.substring(0, content.length() - 5));
    JobException thrown =
        catchThrowableOfType(
            JobException.class, () -> AnnotateJob.run(spark, plan, scorers, progress -> {}));
    assertThat(thrown)
        .hasMessageStartingWith(
            plan.pieces().get(0)
                + ": [file:"
                + input
                + "] expected "
                + planned
                + " bytes modified at ")
        .hasMessageContaining(
            ", as it was planned, found " + (planned - 5) + " bytes modified at ");
    assertThat(folder.resolve("out/_SUCCESS")).doesNotExist();
  }

  @Test
  void aPartThatIsNotWhatItsPieceWroteFailsTheJobWithTheFigures() throws IOException {
    Path out = folder.resolve("out");
    Path part = out.resolve("part-00000.jsonl");
    AnnotateConfig config = Jobs.config(out, 1 << 20, rows(20).toString());
    long[] written = new long[1];
    CommitStep.listen(
        step -> {
          if (step == CommitStep.PIECES_SETTLED) {
            try {
              written[0] = Files.size(part);
              Files.writeString(part, "{}\n");
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
    FakeScorerFactory scorers = FakeScorerFactory.named("tampered");
    AnnotatePlan plan = Jobs.plan(config, scorers);
    JobException thrown =
        catchThrowableOfType(
            JobException.class, () -> AnnotateJob.run(spark, plan, scorers, progress -> {}));
    CommitStep.listen(step -> {});
    assertThat(thrown)
        .hasMessage(
            "the output does not add up:\n"
                + plan.pieces().get(0)
                + ": size of its part: expected "
                + written[0]
                + ", found 3");
    assertThat(out.resolve("_SUCCESS")).doesNotExist();
  }

  private static RowWriting named(String field) {
    return new RowWriting(field, null, Compression.NONE);
  }

  @Test
  void severalModelsAnnotateTheSameRowsOneAfterTheOther() throws IOException {
    Path input = rows(20);
    Path first = folder.resolve("first");
    Path both = folder.resolve("both");
    AnnotateConfig one = Jobs.config(first, 1 << 20, input.toString()).with(named("mild"));
    Jobs.run(spark, one, FakeScorerFactory.named("mild"));
    AnnotateConfig two = Jobs.config(both, 1 << 20, first.toString()).with(named("strict"));
    Jobs.run(spark, two, FakeScorerFactory.named("strict"));
    List<String> in = Files.readAllLines(input);
    List<String> out = Jobs.parts(both).lines().toList();
    assertThat(out).hasSize(20);
    for (int i = 0; i < 20; i++) {
      String row = in.get(i);
      assertThat(out.get(i))
          .startsWith(row.substring(0, row.length() - 1) + ", \"mild\": ")
          .containsOnlyOnce(", \"strict\": ")
          .doesNotContain("reward");
    }
    Refused thrown =
        catchThrowableOfType(
            Refused.class,
            () -> Jobs.run(spark, two.with(named("mild")), FakeScorerFactory.named("strict")));
    assertThat(thrown.problems())
        .containsExactly("[file:" + both + "] was made by another job: field: was strict, is mild");
  }

  @Test
  void progressEndsWithTheTotalsAndIsAlwaysFinite() throws IOException {
    Path input = rows(50);
    FakeScorerFactory scorers = FakeScorerFactory.named("progress");
    AnnotatePlan plan =
        Jobs.plan(Jobs.config(folder.resolve("out"), 500, input.toString()), scorers);
    List<JobProgress> seen = new ArrayList<>();
    AnnotateReport report = AnnotateJob.run(spark, plan, scorers, seen::add);
    JobProgress last = seen.get(seen.size() - 1);
    assertThat(last.rows()).isEqualTo(50);
    assertThat(last.tokens()).isEqualTo(report.totals().presentedTokens());
    assertThat(last.bytesDone()).isEqualTo(last.bytesTotal()).isEqualTo(Files.size(input));
    assertThat(seen).allMatch(progress -> Double.isFinite(progress.tokensPerSecond()));
  }
}
