package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script of the stages, with jobs that say that they were started. */
final class ImproveTest {
  private static final List<String> STAGES =
      List.of("1-responses", "2-selected", "3-feedback", "4-edits", "5-best");

  @TempDir Path folder;
  private Path jobs;
  private Path out;

  @BeforeEach
  void writeLaunchers() throws IOException {
    jobs = Files.createDirectories(folder.resolve("jobs/lib")).getParent();
    out = folder.resolve("out");
    Files.createDirectory(folder.resolve("tmp"));
    for (String job : List.of("generate", "annotate", "report")) {
      launcher(job, "true");
    }
    check("todo todo todo todo todo");
  }

  /** Says that it was started, and with what, then does what is asked. */
  private void launcher(String job, String command) throws IOException {
    Path file = jobs.resolve(job);
    Files.writeString(
        file,
        """
        #!/bin/bash
        printf '%%s' "%1$s" >>"%2$s/started"
        printf '|%%s' "$@" >>"%2$s/started"
        echo >>"%2$s/started"
        %3$s
        """
            .formatted(job, folder, command));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /**
   * @param states of the stages; none where nothing is to be handed over
   */
  private void check(String states) throws IOException {
    StringBuilder handed = new StringBuilder("while [[ $1 != --stages ]]; do shift; done\n");
    List<String> lines = new ArrayList<>();
    String[] words = states.isEmpty() ? new String[0] : states.split(" ");
    for (int i = 0; i < words.length; i++) {
      String job = i == 1 || i == 4 ? "annotate" : "generate";
      lines.add(STAGES.get(i) + " " + job + " " + words[i]);
      handed
          .append("printf '%s\\0' 'in put' '")
          .append(STAGES.get(i))
          .append("' >\"$2/")
          .append(STAGES.get(i))
          .append(".arguments\"\n");
    }
    if (words.length > 0) {
      lines.add("report report todo");
      handed.append("printf '%s\\0' report >\"$2/report.arguments\"\n");
      handed
          .append("printf '%s\\n' '")
          .append(String.join("' '", lines))
          .append("' >\"$2/stages\"\n");
    }
    launcher("lib/improve", handed.toString());
  }

  private ProcessBuilder command(String... arguments) {
    List<String> command = new ArrayList<>(List.of("jobs/improve"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TOUCHSTONE_JOBS", jobs.toString());
    builder.environment().put("TMPDIR", folder.resolve("tmp").toString());
    return builder;
  }

  private Outcome improve(String... arguments) throws IOException, InterruptedException {
    return Outcome.of(command(arguments), folder);
  }

  private List<String> started() throws IOException {
    Path file = folder.resolve("started");
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    Files.deleteIfExists(file);
    return lines.stream().filter(line -> !line.startsWith("lib/improve")).toList();
  }

  private static List<String> said(Outcome outcome) {
    return outcome.out().lines().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(folder.resolve("tmp"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void startsEachStageWithItsArgumentsAndNoFinishedOne() throws Exception {
    check("done todo todo todo todo");
    Outcome outcome = improve("in put", "--output", out.toString());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(said(outcome))
        .containsExactly(
            "1-responses: done before",
            "2-selected: begins",
            "2-selected: done",
            "3-feedback: begins",
            "3-feedback: done",
            "4-edits: begins",
            "4-edits: done",
            "5-best: begins",
            "5-best: done",
            "report: begins",
            "report: done");
    assertThat(started())
        .containsExactly(
            "annotate|in put|2-selected",
            "generate|in put|3-feedback",
            "generate|in put|4-edits",
            "annotate|in put|5-best",
            "report|report");
    assertNothingIsLeft();
  }

  @Test
  void whatTheCheckRefusesBeginsNothingAndMakesNoFolder() throws Exception {
    launcher("lib/improve", "echo 'touchstone improve: 1 problem:' >&2; exit 2");
    Outcome outcome = improve("in", "--output=" + out);
    assertThat(outcome).isEqualTo(new Outcome(2, "", "touchstone improve: 1 problem:\n"));
    assertThat(out).doesNotExist();
    assertThat(started()).isEmpty();
    check("");
    assertThat(improve("in", "--output", out.toString(), "--dry-run"))
        .isEqualTo(new Outcome(0, "", ""));
    assertThat(out).doesNotExist();
    assertNothingIsLeft();
  }

  @Test
  void withoutAWordItHelps() throws Exception {
    check("");
    assertThat(improve()).isEqualTo(new Outcome(0, "", ""));
    assertThat(folder.resolve("started")).content().startsWith("lib/improve|--help|--stages|");
  }

  @Test
  void aStageThatFailsEndsAllWithItsStatus() throws Exception {
    launcher("annotate", "exit 3");
    Outcome outcome = improve("in", "--output", out.toString());
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(said(outcome))
        .endsWith(
            "2-selected: begins", "2-selected: ended with status 3; nothing after it is done");
    assertThat(started())
        .containsExactly("generate|in put|1-responses", "annotate|in put|2-selected");
    assertNothingIsLeft();
  }

  @Test
  void ofTwoThatAreStartedAtOnceTheSecondEnds() throws Exception {
    Files.createDirectories(out);
    Path lock = out.resolve(".lock");
    Process holder = new ProcessBuilder("flock", lock.toString(), "cat").start();
    try {
      while (new ProcessBuilder("flock", "-n", lock.toString(), "true").start().waitFor() == 0) {
        Thread.sleep(10);
      }
      Outcome second = improve("in", "--output", out.toString());
      assertThat(second.status()).isEqualTo(75);
      assertThat(said(second)).containsExactly("another start is at work in " + out);
      assertThat(started()).isEmpty();
    } finally {
      // cat ends with its input.
      holder.getOutputStream().close();
      holder.waitFor();
    }
  }

  @Test
  void aJobThatOutlivesItsScriptKeepsOthersOutUntilItEnds() throws Exception {
    Path job = folder.resolve("pid");
    launcher(
        "annotate",
        "echo $$ >'" + job + ".new'; mv '" + job + ".new' '" + job + "'; exec sleep 300");
    Process script =
        command("in", "--output", out.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("killed").toFile())
            .start();
    while (!Files.exists(job)) {
      assertThat(script.isAlive()).isTrue();
      Thread.sleep(10);
    }
    ProcessHandle annotate =
        ProcessHandle.of(Long.parseLong(Files.readString(job).strip())).orElseThrow();
    script.destroyForcibly().waitFor();
    assertThat(annotate.isAlive()).isTrue();
    assertThat(improve("in", "--output", out.toString()).status()).isEqualTo(75);

    annotate.destroyForcibly();
    annotate.onExit().get(1, TimeUnit.MINUTES);
    started();
    launcher("annotate", "true");
    check("done todo todo todo todo");
    assertThat(improve("in", "--output", out.toString()).status()).isZero();
    assertThat(started()).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "HUP, 129"})
  void aSignalReachesTheJobAndIsWaitedFor(String signal, int status) throws Exception {
    assumeThat(Signals.areHeard(signal))
        .as("whoever started this test has not switched it off")
        .isTrue();
    launcher(
        "annotate",
        """
        trap 'sleep 1; : >"%1$s/ended"; exit 143' TERM
        : >"%1$s/ready"
        while :; do sleep 0.1; done
        """
            .formatted(folder));
    Process script =
        command("in", "--output", out.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile())
            .start();
    while (!Files.exists(folder.resolve("ready"))) {
      assertThat(script.isAlive()).isTrue();
      Thread.sleep(10);
    }
    new ProcessBuilder("kill", "-" + signal, Long.toString(script.pid())).start().waitFor();
    assertThat(script.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(folder.resolve("ended")).as("the job's end, before the script's").exists();
    assertThat(script.exitValue()).isEqualTo(status);
    assertThat(Files.readString(folder.resolve("said")))
        .endsWith(" 2-selected: ended by SIG" + signal + "; the same command goes on with it\n");
    assertNothingIsLeft();
  }
}
