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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint that is written while a job has it mapped, by processes that really map it. */
final class ChangedModelTest {

  private static final Moment AFTER_THREE_PIECES = new Moment(CommitStep.PART_PLACED, 3, false);

  @TempDir Path folder;
  private final Program program = Program.installed();
  private Path model;
  private Path weights;
  private Path out;

  @BeforeEach
  void copyTheModel() throws IOException {
    model = Files.createDirectory(folder.resolve("model"));
    try (Stream<Path> files = Files.list(Path.of("data-samples/demo-reward"))) {
      for (Path file : files.toList()) {
        Files.copy(file, model.resolve(file.getFileName()));
      }
    }
    weights = model.resolve("model.safetensors");
    out = folder.resolve("out");
  }

  /** One thread: so the pieces come in one order. */
  private List<String> call(Path output, String... more) {
    List<String> call =
        new ArrayList<>(
            List.of(
                "annotate",
                "data-samples/helpsteer.jsonl",
                "--model",
                model.toString(),
                "--output",
                output.toString(),
                "--piece-bytes",
                "1000",
                "--threads",
                "1"));
    call.addAll(List.of(more));
    return call;
  }

  private void putBack() throws IOException {
    Files.write(weights, Files.readAllBytes(Path.of("data-samples/demo-reward/model.safetensors")));
  }

  private String undisturbed() throws IOException {
    Path plain = folder.resolve("plain");
    List<String> call = call(plain);
    call.set(call.indexOf(model.toString()), "demo");
    assertThat(program.run(call)).as(program.err()).isEqualTo(ExitStatus.DONE);
    return Jobs.parts(plain);
  }

  private String done(Path output, String... more) throws IOException {
    assertThat(program.run(call(output, more))).as(program.err()).isEqualTo(ExitStatus.DONE);
    assertThat(program.out()).contains("0 rejected");
    return Jobs.parts(output);
  }

  @Test
  void overwrittenAfterThreePiecesItPublishesNothingMoreAndEndsTheJobByName() throws Exception {
    String good = undisturbed();
    String ledger = folder.resolve("ledger").toString();
    Outcome failed =
        MeddledProcess.run(
            Meddling.OVERWRITE, weights, AFTER_THREE_PIECES, call(out, "--ledger", ledger), folder);
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err())
        .containsPattern(
            "touchstone annotate: the job failed: JobException: \\[file:.*helpsteer.jsonl] piece \\d+"
                + " \\(bytes \\d+ to \\d+\\): \\[\\Q"
                + weights
                + "\\E] expected 701640 bytes"
                + " modified at \\S+ \\(inode \\d+ of device \\d+\\), as it was opened, found 701640"
                + " bytes modified at \\S+ \\(inode \\d+ of device \\d+\\): the model was changed"
                + " while it was in use, so what it scored since is not written; put the same model"
                + " back, and the same command goes on\n");
    assertThat(Jobs.tree(out)).filteredOn(file -> file.startsWith("_stats/")).hasSize(3);
    assertThat(good).startsWith(Jobs.parts(out));
    assertThat(Jobs.tree(Path.of(ledger))).hasSize(3);

    assertThat(program.run(call(out))).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err()).contains("was made by another job: model.fingerprint: was ");
    putBack();
    assertThat(done(out, "--ledger", ledger)).isEqualTo(good);
    assertThat(done(folder.resolve("known"), "--ledger", ledger)).isEqualTo(good);
    assertThat(program.out()).contains("  ledger    32 rows known, ");
  }

  @Test
  void overwrittenAfterTheLastPieceTheJobDoesNotEndWell() throws Exception {
    Outcome failed =
        MeddledProcess.run(
            Meddling.OVERWRITE,
            weights,
            new Moment(CommitStep.PIECES_SETTLED, 1, false),
            call(out),
            folder);
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err())
        .containsPattern(
            "touchstone annotate: the job failed: ScorerException: \\[\\Q"
                + weights
                + "\\E] expected ");
    assertThat(out.resolve("_SUCCESS")).doesNotExist();
    putBack();
    assertThat(done(out)).isEqualTo(undisturbed());
  }

  @Test
  void cutShortItTakesTheProcessAlongAndTheNextStartSaysSo() throws Exception {
    Outcome killed =
        MeddledProcess.run(
            Meddling.CUT_SHORT,
            weights,
            new Moment(CommitStep.PART_PLACED, 3, true),
            call(out),
            folder);
    assertThat(killed.status()).isNotZero();
    assertThat(killed.out()).contains("A fatal error has been detected", "SIGBUS");
    String told =
        "touchstone annotate: a run in \\Q"
            + out
            + "\\E ended in the middle of its work, and its"
            + " model has changed since: \\[\\Q"
            + weights
            + "\\E] expected 701640 bytes modified at"
            + " \\S+ \\(inode \\d+ of device \\d+\\), as it was mapped, found %d bytes modified at"
            + " \\S+ \\(inode \\d+ of device \\d+\\)\\. A mapped file that is cut short takes its"
            + " process with it; what was committed stays, and no row is blamed\n";
    assertThat(program.run(call(out))).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .containsPattern("^" + told.formatted(0) + "touchstone annotate: 1 problem:\n")
        .contains("[model.safetensors] expected at least 8 bytes, found 0\n");

    putBack();
    assertThat(program.run(call(out))).as(program.err()).isEqualTo(ExitStatus.DONE);
    assertThat(program.err()).containsPattern("^" + told.formatted(701_640));
    assertThat(program.out()).contains("32 in, 32 out, 0 rejected");
    assertThat(Jobs.parts(out)).isEqualTo(undisturbed());
    assertThat(program.run(call(out))).isEqualTo(ExitStatus.DONE);
    assertThat(program.err()).isEmpty();
  }
}
