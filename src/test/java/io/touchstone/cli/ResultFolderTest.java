package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.call.ExitStatus;
import io.touchstone.spark.Jobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.example.ExampleInputFormat;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.HadoopFSUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A result's folder as a whole, read by what is not ours: it has our rows and nothing else. */
final class ResultFolderTest {

  private static final List<String> SAMPLES =
      List.of("data-samples/helpsteer.jsonl", "data-samples/with-bad-lines.jsonl");

  @TempDir Path folder;
  private final Program program = Program.installed();

  private void done(String... call) {
    assertThat(program.run(call)).as(program.err()).isEqualTo(ExitStatus.DONE);
  }

  /** With rejected lines, and a report of its own. */
  private Path annotated(String... more) {
    Path out = folder.resolve("out");
    List<String> call = new ArrayList<>(List.of("annotate"));
    call.addAll(SAMPLES);
    call.addAll(List.of("--output", out.toString(), "--piece-bytes", "2000"));
    call.addAll(List.of(more));
    done(call.toArray(String[]::new));
    assertThat(program.out()).contains("  rows      42 in, 36 out, 6 rejected, 1 blank\n");
    done("report", out.toString());
    return out;
  }

  /** The names that Spark's readers of folders take, of a folder's own. */
  private static List<String> taken(Path out) throws IOException {
    try (Stream<Path> entries = Files.list(out)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !HadoopFSUtils.shouldFilterOutPathName(name))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gz"})
  void sparkReadsTheRowsOfAFolderOfLines(String compress) throws IOException {
    Path out = annotated("--compress", compress);
    assertThat(taken(out)).hasSizeGreaterThan(2).allMatch(name -> name.startsWith("part-"));
    try (JavaSparkContext spark = new JavaSparkContext(Jobs.spark("local[2]"))) {
      List<String> lines = spark.textFile(out.toString()).collect();
      assertThat(lines).hasSize(36).allMatch(line -> line.contains("\"reward\":"));
    }
  }

  @Test
  void sparkReadsTheRowsOfAFolderOfColumns() throws IOException {
    Path out = annotated("--output-format", "parquet");
    assertThat(taken(out)).hasSizeGreaterThan(2).allMatch(name -> name.endsWith(".parquet"));
    try (JavaSparkContext spark = new JavaSparkContext(Jobs.spark("local[2]"))) {
      long rows =
          spark
              .newAPIHadoopFile(
                  out.toString(),
                  ExampleInputFormat.class,
                  Void.class,
                  Group.class,
                  new Configuration())
              .values()
              .filter(row -> row.getFieldRepetitionCount("reward") == 1)
              .count();
      assertThat(rows).isEqualTo(36);
    }
  }

  @Test
  void soAreTheFoldersOfJobsThatChooseRows() throws IOException {
    Path best = folder.resolve("best");
    done("select", "data-samples/candidates.jsonl", "--output", best.toString(), "--model", "demo");
    assertThat(taken(best)).containsExactly("part-00000.jsonl");
    Path kept = folder.resolve("kept");
    Path dropped = folder.resolve("dropped");
    done(
        "filter",
        best.toString(),
        "--kept",
        kept.toString(),
        "--dropped",
        dropped.toString(),
        "--top",
        "2");
    assertThat(taken(kept)).containsExactly("part-00000.jsonl");
    assertThat(taken(dropped)).containsExactly("part-00000.jsonl");
  }
}
