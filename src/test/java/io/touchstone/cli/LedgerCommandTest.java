package io.touchstone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ledgers as users meet them, with the demo checkpoint. */
final class LedgerCommandTest {
  private static final Path SAMPLES = Path.of("data-samples");

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private ExitStatus run(String... args) {
    out.reset();
    err.reset();
    Surroundings around =
        new Surroundings(
            new Installation(Optional.of(Path.of("").toAbsolutePath())),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            OptionalInt.empty());
    return new Touchstone(new EngineScorers(), around).run(List.of(args));
  }

  private String annotate(Path input, String output, String... flags) throws IOException {
    List<String> call =
        new ArrayList<>(
            List.of("annotate", input.toString(), "--output", folder.resolve(output).toString()));
    call.addAll(List.of(flags));
    assertThat(run(call.toArray(String[]::new))).as(err.toString(UTF_8)).isEqualTo(ExitStatus.DONE);
    return Files.readString(folder.resolve(output).resolve("part-00000.jsonl"));
  }

  @Test
  void theModelIsSparedWhatItScoredAndNoByteDiffers() throws IOException {
    String ledger = folder.resolve("ledger").toString();
    Path candidates = SAMPLES.resolve("candidates.jsonl");
    List<String> rows = new ArrayList<>(Files.readAllLines(candidates));
    // One more candidate: the others' conversations are known, and cut as before.
    rows.set(
        0, rows.get(0).replaceFirst("\"responses\": \\[", "$0\"None of it is of any use.\", "));
    Path changed = Files.write(folder.resolve("changed.jsonl"), rows);
    String plain = annotate(candidates, "plain");
    String plainChanged = annotate(changed, "plain-changed");

    assertThat(annotate(candidates, "first", "--ledger", ledger)).isEqualTo(plain);
    assertThat(out.toString(UTF_8))
        .containsPattern("  ledger    0 rows known, 0 conversations, 0 tokens not computed; \\d+");
    assertThat(annotate(candidates, "second", "--ledger", ledger)).isEqualTo(plain);
    assertThat(out.toString(UTF_8))
        .contains(" presented, 0 computed")
        .contains("  ledger    " + rows.size() + " rows known, ")
        .contains("; 0 scores added\n");
    assertThat(annotate(changed, "third", "--ledger", ledger)).isEqualTo(plainChanged);
    assertThat(out.toString(UTF_8))
        .contains("  ledger    " + (rows.size() - 1) + " rows known, ")
        .contains("; 1 scores added\n");
    assertThat(annotate(candidates, "bf16", "--ledger", ledger, "--precision", "bf16"))
        .isNotEqualTo(plain);
    assertThat(out.toString(UTF_8)).contains("  ledger    0 rows known, ");

    assertThat(run("ledger", "show", ledger)).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString(UTF_8))
        .containsPattern("^\\d+ scores in 3 files\n")
        .contains("    precision fp32\n")
        .contains("    precision bf16\n")
        .contains("    head score.weight[0:1]\n");
    assertThat(run("ledger", "compact", ledger)).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString(UTF_8))
        .containsPattern("^\\d+ scores in 2 files, which were 3; 0 were there more than once\n$");
    assertThat(run("ledger", "verify", ledger)).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString(UTF_8)).containsPattern("^\\d+ scores read, all files whole\n$");
    assertThat(annotate(changed, "fourth", "--ledger", ledger)).isEqualTo(plainChanged);
    assertThat(out.toString(UTF_8)).contains(" presented, 0 computed");
  }

  @Test
  void aDamagedFileIsAFailureThatNamesIt() throws IOException {
    Path ledger = folder.resolve("ledger");
    annotate(SAMPLES.resolve("candidates.jsonl"), "first", "--ledger", ledger.toString());
    Path volume;
    try (Stream<Path> files = Files.list(ledger)) {
      volume = files.filter(file -> file.toString().endsWith(".scores")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(volume);
    bytes[20] ^= 1;
    Files.write(volume, bytes);
    for (String what : List.of("verify", "compact")) {
      ExitStatus status = run("ledger", what, ledger.toString());
      if (what.equals("verify")) {
        assertThat(status).isEqualTo(ExitStatus.FAILED);
        assertThat(err.toString(UTF_8))
            .contains("touchstone ledger: the job failed: ")
            .contains("[file:" + volume + "] byte offset 8: ");
      } else {
        assertThat(status).as("one file need not be merged").isEqualTo(ExitStatus.DONE);
      }
    }
  }

  @Test
  void aWrongCallIsRefusedWithAllThatIsWrong() {
    assertThat(run("ledger", "polish", folder.resolve("none").toString()))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "touchstone ledger: 1 problem:\n"
                + "  expected show or verify or compact, found 'polish'\n");
    assertThat(run("ledger", "show")).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(err.toString(UTF_8))
        .contains("expected show|verify|compact DIR, found 1 arguments; --help says more");
    assertThat(run("ledger", "show", folder.resolve("none").toString()))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(err.toString(UTF_8))
        .contains("[file:" + folder + "/none] expected a ledger's folder, found none");
    assertThat(run("ledger", "--help")).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString(UTF_8))
        .startsWith("Usage: jobs/ledger show|verify|compact DIR [FLAGS]")
        .contains("  compact  merges");
    assertThat(out.toString(UTF_8).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }
}
