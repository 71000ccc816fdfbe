package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.job.EngineScorers;
import io.touchstone.spark.PatientFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs that choose rows end early when too many are rejected: a file of bad lines lies beside one
 * that no task gets to read before it is cancelled.
 */
final class StoppedChoiceTest {

  private static final int BAD = 40;

  @TempDir Path folder;
  private final Program program = Program.uninstalled(new EngineScorers());
  private Path in;
  private Path out;

  @BeforeEach
  void writeInput() throws IOException {
    in = Files.createDirectories(folder.resolve("in"));
    out = folder.resolve("out");
    Files.write(in.resolve("bad.jsonl"), Collections.nCopies(BAD, "{}"));
    Files.writeString(
        in.resolve(PatientFileSystem.FILE),
        "{\"prompt\": \"p\", \"responses\": [\"a\", \"b\"], \"rewards\": [1, 2], \"reward\": 3}\n");
  }

  private ExitStatus run(String maxRejected, String... call) {
    List<String> args = new ArrayList<>(List.of(call));
    args.addAll(
        List.of("patient:" + in, "--max-rejected", maxRejected, "--quiet", "--threads", "2"));
    args.addAll(
        List.of(
            "--spark-conf", "spark.hadoop.fs.patient.impl=" + PatientFileSystem.class.getName()));
    args.addAll(List.of("--spark-conf", "spark.executor.heartbeatInterval=100ms"));
    return program.run(args);
  }

  private void stops(String... call) {
    PatientFileSystem.hold(true);
    assertThat(run("20", call)).as(program.err()).isEqualTo(ExitStatus.TOO_MANY_REJECTED);
    assertThat(program.err())
        .isEqualTo(
            "touchstone "
                + call[0]
                + ": stopped: 40 lines rejected before the end of the input, more than"
                + " --max-rejected 20 allows; finished pieces are kept, and with a higher limit the"
                + " same command goes on\n");
    assertThat(out.resolve("_plan.json")).exists();
    assertThat(out.resolve("_SUCCESS")).doesNotExist();
  }

  private void goesOn(String... call) throws IOException {
    PatientFileSystem.hold(false);
    assertThat(run("40", call)).as(program.err()).isEqualTo(ExitStatus.DONE);
    assertThat(Files.readAllLines(out.resolve("part-00001.jsonl"))).hasSize(1);
    assertThat(Files.readAllLines(out.resolve("_rejected/part-00000.jsonl"))).hasSize(BAD);
  }

  @Test
  void selectStopsAndGoesOnWithAHigherLimit() throws IOException {
    stops("select", "--output", out.toString(), "--field", "best");
    assertThat(out.resolve("_rejected/part-00000.jsonl")).exists();
    goesOn("select", "--output", out.toString(), "--field", "best");
  }

  @Test
  void aFilterOfRowsByThemselvesStopsAndGoesOnWithAHigherLimit() throws IOException {
    stops(filter("--min", "1"));
    assertThat(out.resolve("_rejected/part-00000.jsonl")).exists();
    goesOn(filter("--min", "1"));
  }

  @Test
  void aFilterThatLooksAtAllRowsStopsWhileItLooks() throws IOException {
    stops(filter("--top", "1"));
    assertThat(out.resolve("part-00000.jsonl")).doesNotExist();
    goesOn(filter("--top", "1"));
  }

  private String[] filter(String flag, String value) {
    return new String[] {
      "filter", "--kept", out.toString(), "--dropped", folder + "/dropped", flag, value
    };
  }
}
