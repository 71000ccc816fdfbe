package io.touchstone.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.Compression;
import io.touchstone.files.commit.CommitStep;
import io.touchstone.files.read.LineSource;
import io.touchstone.files.read.Piece;
import io.touchstone.files.read.PieceInput;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.jobs.annotate.RowWriting;
import io.touchstone.jobs.choose.ChooseConfig;
import io.touchstone.jobs.choose.ChooseReport;
import io.touchstone.jobs.choose.FilterRequest;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Refused;
import io.touchstone.selection.FilterRule;
import io.touchstone.selection.TopLimit;
import io.touchstone.spark.choose.FilterJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CompressedOutputTest {

  private static final FakeScorerFactory SCORERS = FakeScorerFactory.named("compressed");
  private static final int ROWS = 400;
  private static final int PIECES = 5;

  @TempDir static Path folder;
  private static JavaSparkContext spark;
  private static Path input;
  private static List<String> expected;

  @BeforeAll
  static void annotateWithoutCompression() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(i % 50 == 7 ? "not json " + i : Jobs.row(i, "answer ".repeat(i % 7) + i));
    }
    input = Files.write(folder.resolve("in.jsonl"), rows);
    spark = new JavaSparkContext(Jobs.spark("local[2]"));
    Path out = folder.resolve("plain");
    Jobs.run(spark, config(out, Compression.NONE), SCORERS);
    expected = Jobs.parts(out).lines().toList();
    assertThat(expected).hasSize(ROWS - 8);
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @AfterEach
  void forget() {
    CommitStep.listen(step -> {});
  }

  private static AnnotateConfig config(Path out, Compression compression) throws IOException {
    return Jobs.config(out, Files.size(input) / PIECES + 1, input.toString())
        .with(new RowWriting(null, null, compression));
  }

  /** The rows of a result as any job reads them, part after part. */
  private static List<String> rows(Path out) throws IOException {
    List<String> rows = new ArrayList<>();
    ChooseConfig config = ChooseJobs.config("read", List.of(folder.resolve("none")), 1 << 20, out);
    for (Piece piece : ChooseJobs.plan(config).pieces()) {
      try (LineSource lines = new PieceInput(new Configuration(), 1 << 20).open(piece)) {
        for (RawLine line = lines.next(); line != null; line = lines.next()) {
          rows.add(new String(((RawLine.Whole) line).bytes(), UTF_8));
        }
      }
    }
    return rows;
  }

  private static TreeMap<String, List<Byte>> partBytes(Path out) throws IOException {
    TreeMap<String, List<Byte>> parts = new TreeMap<>();
    for (String name : Jobs.tree(out)) {
      if (name.startsWith("part-")) {
        List<Byte> bytes = new ArrayList<>();
        for (byte b : Files.readAllBytes(out.resolve(name))) {
          bytes.add(b);
        }
        parts.put(name, bytes);
      }
    }
    return parts;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void theRowsAreThoseOfPlainPartsInFewerBytesThatAreAlwaysTheSame(Compression compression)
      throws IOException {
    Path out = folder.resolve("out-" + compression);
    AnnotateReport report = Jobs.run(spark, config(out, compression), SCORERS);
    String ending = compression == Compression.GZ ? ".jsonl.gz" : ".jsonl.zst";
    assertThat(Jobs.tree(out))
        .contains("part-00000" + ending, "part-00004" + ending, "_rejected/part-00000.jsonl")
        .noneMatch(name -> name.startsWith("part-") && name.endsWith(".jsonl"));
    assertThat(rows(out)).isEqualTo(expected);
    assertThat(report.firstRow()).contains(expected.get(0));
    assertThat(report.totals().out()).isEqualTo(expected.size());
    assertThat(Files.size(out.resolve("part-00000" + ending)))
        .isLessThan(Files.size(folder.resolve("plain/part-00000.jsonl")) / 2);

    Path again = folder.resolve("again-" + compression);
    Jobs.run(spark, config(again, compression), SCORERS);
    assertThat(partBytes(again)).isEqualTo(partBytes(out));
    AnnotateReport done = Jobs.run(spark, config(out, compression), SCORERS);
    assertThat(done.alreadyDone()).isTrue();
    assertThat(done.firstRow()).isEqualTo(report.firstRow());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONTENT_DISCARDED")
  void aJobThatDiesAtAnyStepIsFinishedByTheSameCommand(CommitStep step) throws IOException {
    Path out = folder.resolve("dies-at-" + step);
    AnnotateConfig config = config(out, Compression.ZST);
    CommitStep.listen(Death.at(step));
    assertThatThrownBy(() -> Jobs.run(spark, config, SCORERS))
        .hasStackTraceContaining("died when " + step + " was reached");
    CommitStep.listen(now -> {});
    AnnotateReport report = Jobs.run(spark, config, SCORERS);
    assertThat(report.totals().in()).isEqualTo(ROWS);
    assertThat(rows(out)).isEqualTo(expected);
    assertThat(out.resolve("_tmp")).doesNotExist();
  }

  @Test
  void aFolderBegunWithAnotherCompressionIsRefused() throws IOException {
    Path out = folder.resolve("other");
    Jobs.run(spark, config(out, Compression.GZ), SCORERS);
    Refused thrown =
        catchThrowableOfType(
            Refused.class, () -> Jobs.run(spark, config(out, Compression.NONE), SCORERS));
    assertThat(thrown.problems())
        .containsExactly(
            "[file:" + out + "] was made by another job: compress: was gz, is not set");
  }

  @Test
  void aPartThatSomeoneHasShortenedIsToldByItsSize() throws IOException {
    Path out = folder.resolve("shortened");
    Jobs.run(spark, config(out, Compression.ZST), SCORERS);
    Path part = out.resolve("part-00002.jsonl.zst");
    byte[] whole = Files.readAllBytes(part);
    Files.write(part, Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> Jobs.run(spark, config(out, Compression.ZST), SCORERS))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("size of its part: expected " + whole.length + ", found ");
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void aPartWithoutRowsIsReadAsOne(Compression compression) throws IOException {
    Path blank = Files.writeString(folder.resolve("blank.jsonl"), "\n \n");
    Path good = Files.writeString(folder.resolve("good.jsonl"), Jobs.row(1, "a") + "\n");
    Path out = folder.resolve("empty-part-" + compression);
    AnnotateReport report =
        Jobs.run(
            spark,
            Jobs.config(out, 1 << 20, blank.toString(), good.toString())
                .with(new RowWriting(null, null, compression)),
            SCORERS);
    assertThat(report.firstRow()).hasValueSatisfying(row -> assertThat(row).contains("question 1"));
    assertThat(rows(out)).hasSize(1);
  }

  @Test
  void filterReadsCompressedPartsAndWritesItsOwn() throws IOException {
    Path scored = folder.resolve("scored");
    Jobs.run(spark, config(scored, Compression.ZST), SCORERS);
    Path kept = folder.resolve("kept");
    Path dropped = folder.resolve("dropped");
    FilterRequest ask =
        new FilterRequest(
            new FilterRule(
                "reward", new FilterRule.Bounds(0, Double.POSITIVE_INFINITY), null, null),
            new TopLimit(100L, null),
            Set.of());
    ChooseReport report =
        FilterJob.run(
            spark,
            ChooseJobs.plan(
                ChooseJobs.with(
                    ChooseJobs.config("filter", List.of(kept, dropped), 1 << 20, scored),
                    Compression.GZ)),
            ask,
            progress -> {});
    assertThat(report.totals().written()).containsExactly(100L, expected.size() - 100L);
    assertThat(Jobs.tree(kept)).contains("part-00004.jsonl.gz");
    assertThat(Jobs.tree(dropped)).contains("part-00004.jsonl.gz");
    List<String> both = new ArrayList<>(rows(kept));
    assertThat(both).hasSize(100);
    both.addAll(rows(dropped));
    assertThat(both).containsExactlyInAnyOrderElementsOf(expected);
  }
}
