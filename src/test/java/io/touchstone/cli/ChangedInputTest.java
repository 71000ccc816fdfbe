package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.MeddledProcess.Meddling;
import io.touchstone.cli.MeddledProcess.Moment;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.files.commit.CommitStep;
import io.touchstone.spark.Jobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that are written while a job reads them. */
final class ChangedInputTest {

  private static final FileTime BEFORE = FileTime.from(Instant.parse("2026-03-04T05:06:07.008Z"));
  private static final String ADVICE =
      ": an input must stay as it is until the job has ended; put it back as it was, its time too,"
          + " and the same command goes on, or begin anew in another folder with a copy that nobody"
          + " writes to\n";

  @TempDir Path folder;
  private final Program program = Program.installed();

  private Path input(String sample) throws IOException {
    Path input = Files.copy(Path.of("data-samples", sample), folder.resolve(sample));
    Files.setLastModifiedTime(input, BEFORE);
    return input;
  }

  private static List<String> annotate(Path input, Path out) {
    return List.of(
        "annotate",
        input.toString(),
        "--output",
        out.toString(),
        "--piece-bytes",
        "1000",
        "--threads",
        "1");
  }

  private static String change(Path input, long bytesNow) throws IOException {
    return "[file:%s] expected %d bytes modified at 2026-03-04T05:06:07.008Z, as it was planned, found %d bytes modified at %s"
        .formatted(
            input,
            Files.size(Path.of("data-samples/helpsteer.jsonl")),
            bytesNow,
            Instant.ofEpochMilli(Files.getLastModifiedTime(input).toMillis()));
  }

  private void isFinishedOnceItIsPutBack(Path input, Path out) throws IOException {
    byte[] original = Files.readAllBytes(Path.of("data-samples/helpsteer.jsonl"));
    Files.write(input, original);
    Files.setLastModifiedTime(input, BEFORE);
    assertThat(program.run(annotate(input, out))).as(program.err()).isEqualTo(ExitStatus.DONE);
    Path plain = folder.resolve("plain");
    assertThat(program.run(annotate(input, plain))).isEqualTo(ExitStatus.DONE);
    assertThat(Jobs.parts(out)).isEqualTo(Jobs.parts(plain));
    assertThat(Jobs.parts(out).lines()).hasSize(32);
  }

  @Test
  void rewrittenInPlaceAfterThreePiecesItEndsTheJobByName() throws Exception {
    Path input = input("helpsteer.jsonl");
    Path out = folder.resolve("out");
    Outcome failed =
        MeddledProcess.run(
            Meddling.REVERSE,
            input,
            new Moment(CommitStep.PART_PLACED, 3, false),
            annotate(input, out),
            folder);
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err())
        .containsPattern(
            "touchstone annotate: the job failed: JobException: \\[file:\\Q"
                + input
                + "\\E] piece \\d \\(bytes \\d000 to \\d+\\): \\Q"
                + change(input, Files.size(input))
                + ADVICE);
    assertThat(Jobs.tree(out)).filteredOn(file -> file.startsWith("_stats/")).hasSize(3);
    isFinishedOnceItIsPutBack(input, out);
  }

  @Test
  void appendedToAfterTheLastPieceItKeepsTheJobFromEndingWell() throws Exception {
    Path input = input("helpsteer.jsonl");
    Path out = folder.resolve("out");
    Outcome failed =
        MeddledProcess.run(
            Meddling.APPEND,
            input,
            new Moment(CommitStep.PIECES_SETTLED, 1, false),
            annotate(input, out),
            folder);
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err())
        .contains(
            "touchstone annotate: the job failed: JobException: "
                + change(input, Files.size(input))
                + ADVICE);
    assertThat(Files.size(input))
        .isGreaterThan(Files.size(Path.of("data-samples/helpsteer.jsonl")));
    assertThat(out.resolve("_SUCCESS")).doesNotExist();
    isFinishedOnceItIsPutBack(input, out);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "annotate helpsteer.jsonl --output OUT",
        "annotate helpsteer.jsonl --output OUT --output-format parquet",
        "select scored-candidates.jsonl --output OUT --by rewards.helpfulness",
        "filter helpsteer.jsonl --kept OUT --dropped DROPPED --by helpfulness --min 2",
        "filter helpsteer.jsonl --kept OUT --dropped DROPPED --by helpfulness --top 3",
        "evaluate rewardbench-scored.jsonl --output OUT --benchmark rewardbench",
        "calibrate helpsteer.jsonl --output OUT --score verbosity --label helpfulness --model demo"
      })
  void rewrittenOnceItIsListedItEndsEveryJobByName(String call) throws IOException {
    Path input = input(call.split(" ")[1]);
    Path out = folder.resolve("out");
    fails(call.replace("OUT", out.toString()).replace("DROPPED", folder + "/rest"), input);
    for (String result : List.of("_SUCCESS", "evaluation.json", "part-00000.jsonl")) {
      assertThat(out.resolve(result)).doesNotExist();
    }
  }

  @Test
  void aPartRewrittenWhileItIsReportedOnEndsTheReportByName() throws IOException {
    Path scored = folder.resolve("scored");
    program.run("annotate", "data-samples/helpsteer.jsonl", "--output", scored.toString());
    Path page = folder.resolve("page");
    fails("report meddled:" + scored + " --output " + page, scored.resolve("part-00000.jsonl"));
    assertThat(page).doesNotExist();
  }

  private void fails(String call, Path input) throws IOException {
    List<String> words = new ArrayList<>(List.of(call.split(" ")));
    if (words.get(1).endsWith(".jsonl")) {
      words.set(1, "meddled:" + input);
    }
    words.addAll(
        List.of(
            "--spark-conf", "spark.hadoop.fs.meddled.impl=" + MeddledFileSystem.class.getName()));
    MeddledFileSystem.atFirstOpening(input, Meddling.REVERSE::with);
    assertThat(program.run(words)).as(program.err()).isEqualTo(ExitStatus.FAILED);
    assertThat(program.out()).isEmpty();
    assertThat(program.err())
        .startsWith("touchstone " + words.get(0) + ": the job failed: JobException: ")
        .contains("[meddled:" + input + "] expected " + Files.size(input) + " bytes modified at ")
        .contains(ADVICE);
  }
}
