package io.touchstone.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.Program;
import io.touchstone.cli.call.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ledgers as users meet them, with the demo checkpoint. */
final class LedgerCommandTest {
  private static final Path SAMPLES = Path.of("data-samples");

  @TempDir Path folder;

  private final Program program = Program.installed();

  private String annotate(Path input, String output, String... flags) throws IOException {
    List<String> call =
        new ArrayList<>(
            List.of("annotate", input.toString(), "--output", folder.resolve(output).toString()));
    call.addAll(List.of(flags));
    assertThat(program.run(call)).as(program.err()).isEqualTo(ExitStatus.DONE);
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
    assertThat(program.out())
        .containsPattern("  ledger    0 rows known, 0 conversations, 0 tokens not computed; \\d+");
    assertThat(annotate(candidates, "second", "--ledger", ledger)).isEqualTo(plain);
    assertThat(program.out())
        .contains(" presented, 0 computed")
        .contains("  ledger    " + rows.size() + " rows known, ")
        .contains("; 0 scores added\n");
    assertThat(annotate(changed, "third", "--ledger", ledger)).isEqualTo(plainChanged);
    assertThat(program.out())
        .contains("  ledger    " + (rows.size() - 1) + " rows known, ")
        .contains("; 1 scores added\n");
    assertThat(annotate(candidates, "bf16", "--ledger", ledger, "--precision", "bf16-emulated"))
        .isNotEqualTo(plain);
    assertThat(program.out()).contains("  ledger    0 rows known, ");

    assertThat(program.run("ledger", "show", ledger)).isEqualTo(ExitStatus.DONE);
    assertThat(program.out())
        .containsPattern("^\\d+ scores in 3 files\n")
        .contains("    precision fp32\n")
        .contains("    precision bf16\n")
        .contains("    head score.weight[0:1]\n");
    assertThat(program.run("ledger", "compact", ledger)).isEqualTo(ExitStatus.DONE);
    assertThat(program.out())
        .containsPattern("^\\d+ scores in 2 files, which were 3; 0 were there more than once\n$");
    assertThat(program.run("ledger", "verify", ledger)).isEqualTo(ExitStatus.DONE);
    assertThat(program.out()).containsPattern("^\\d+ scores read, all files whole\n$");
    assertThat(annotate(changed, "fourth", "--ledger", ledger)).isEqualTo(plainChanged);
    assertThat(program.out()).contains(" presented, 0 computed");
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
      ExitStatus status = program.run("ledger", what, ledger.toString());
      if (what.equals("verify")) {
        assertThat(status).isEqualTo(ExitStatus.FAILED);
        assertThat(program.err())
            .contains("touchstone ledger: the job failed: ")
            .contains("[file:" + volume + "] byte offset 8: ");
      } else {
        assertThat(status).as("one file need not be merged").isEqualTo(ExitStatus.DONE);
      }
    }
  }

  @Test
  void aWrongCallIsRefusedWithAllThatIsWrong() {
    assertThat(program.run("ledger", "polish", folder.resolve("none").toString()))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            "touchstone ledger: 1 problem:\n"
                + "  expected show or verify or compact, found 'polish'\n");
    assertThat(program.run("ledger", "show")).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains("expected show|verify|compact DIR, found 1 arguments; --help says more");
    assertThat(program.run("ledger", "show", folder.resolve("none").toString()))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains("[file:" + folder + "/none] expected a ledger's folder, found none");
    assertThat(program.run("ledger", "--help")).isEqualTo(ExitStatus.DONE);
    assertThat(program.out())
        .startsWith("Usage: jobs/ledger show|verify|compact DIR [FLAGS]")
        .contains("  compact  merges");
    assertThat(program.out().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  @Test
  void aLedgerThatIsTheOutputOrLiesInItOrHoldsItIsRefusedBeforeAnythingIsMade() throws IOException {
    Path out = folder.resolve("out");
    Path ledger = folder.resolve("ledger");
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, Files.createDirectory(folder.resolve("place")));
    for (List<Path> both :
        List.of(
            List.of(out, out),
            List.of(out, out.resolve("ledger")),
            List.of(ledger.resolve("nights/1"), ledger),
            List.of(folder.resolve("place/out"), link))) {
      for (List<String> call :
          List.of(
              List.of("annotate", "data-samples/candidates.jsonl"),
              List.of("annotate", "data-samples/candidates.jsonl", "--dry-run"),
              List.of("annotate", "data-samples/candidates.jsonl", "--restart"),
              List.of("select", "data-samples/candidates.jsonl", "--model", "demo"),
              List.of("evaluate", "data-samples/preference.jsonl", "--benchmark", "pairs"))) {
        List<String> whole = new ArrayList<>(call);
        whole.addAll(List.of("--output", both.get(0).toString()));
        whole.addAll(List.of("--ledger", both.get(1).toString()));
        assertThat(program.run(whole)).as(program.err()).isEqualTo(ExitStatus.WRONG_CALL);
        assertThat(program.err())
            .isEqualTo(
                """
                touchstone %s: 1 problem:
                  --ledger: [%s] expected a folder of its own, which neither lies in --output nor holds it, found --output %s
                """
                    .formatted(call.get(0), both.get(1), both.get(0)));
        assertThat(out).doesNotExist();
        assertThat(ledger).doesNotExist();
      }
    }
  }
}
