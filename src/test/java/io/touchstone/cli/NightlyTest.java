package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.touchstone.cli.call.ConfFile;
import io.touchstone.cli.call.Layer;
import io.touchstone.cli.settings.AnnotateSettings;
import io.touchstone.cli.settings.FilterSettings;
import io.touchstone.cli.settings.ReportSettings;
import io.touchstone.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script, with jobs that are those of the class path. */
final class NightlyTest {

  @TempDir Path folder;
  private Path conf;
  private Path jobs;
  private Path nights;

  @BeforeEach
  void writeLaunchers() throws IOException {
    conf = folder.resolve("nightly.conf");
    nights = folder.resolve("nights");
    jobs = Files.createDirectories(folder.resolve("jobs"));
    for (String job : List.of("annotate", "report", "filter")) {
      launcher(
          job,
          "exec '%s' @jobs/lib/jvm.options -Xmx1g -Dtouchstone.home=. -cp '%s' %s %s \"$@\""
              .formatted(
                  Path.of(System.getProperty("java.home"), "bin", "java"),
                  System.getProperty("java.class.path"),
                  Touchstone.class.getName(),
                  job));
    }
  }

  /** Says that it was started, then does what is asked. */
  private void launcher(String job, String command) throws IOException {
    Path file = jobs.resolve(job);
    Files.writeString(
        file, "#!/bin/sh\necho " + job + " \"$@\" >>'" + folder + "/started'\n" + command + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void conf(String... lines) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "# a comment",
                "nightly.input = data-samples/helpsteer.jsonl",
                "nightly.folder=" + nights,
                "",
                "annotate.output.field = demo",
                "annotate.output.compress = zst",
                "filter.choice.by = demo  ",
                "filter.choice.where = demo >= 1.5 and demo < 4",
                "filter.output.rank = yes"));
    all.addAll(List.of(lines));
    Files.write(conf, all);
  }

  private List<String> started() throws IOException {
    Path file = folder.resolve("started");
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    Files.deleteIfExists(file);
    return lines.stream().map(line -> line.split(" ")[0]).toList();
  }

  private Outcome nightly(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("jobs/nightly", "--conf", conf.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TOUCHSTONE_JOBS", jobs.toString());
    return Outcome.of(builder, folder);
  }

  @Test
  void doesANightOnceHoweverOftenItIsStarted() throws Exception {
    conf("nightly.ledger = " + folder + "/ledger");
    Outcome first = nightly("--date", "2026-11-20");
    assertThat(first.err()).isEmpty();
    assertThat(first.status()).isZero();
    assertThat(first.out()).as("text of the rows").doesNotContain("sourdough", "{");
    assertThat(first.out())
        .contains(" annotate: begins\n", "Scored 32 of 32 rows;", " filter: done\n")
        .endsWith(" 2026-11-20: done, after no night\n");
    assertThat(started()).containsExactly("annotate", "report", "filter");
    Path night = nights.resolve("2026-11-20");
    assertThat(night.resolve("scored/part-00000.jsonl.zst")).exists();
    String kept = Files.readString(night.resolve("kept/part-00000.jsonl"));
    assertThat(kept).contains("\"demo\": ").contains("\"rank\": ").doesNotContain("reward");
    assertThat(kept.lines().count()).isPositive();
    assertThat(night.resolve("dropped/_SUCCESS")).exists();
    assertThat(night.resolve("report/report.html")).exists();
    assertThat(Files.readSymbolicLink(nights.resolve("latest"))).hasToString("2026-11-20");

    Outcome again = nightly("--date", "2026-11-20");
    assertThat(again.status()).isZero();
    assertThat(again.out()).contains(" annotate: done before\n", " filter: done before\n");
    assertThat(started()).isEmpty();
    assertThat(Files.readString(night.resolve("kept/part-00000.jsonl"))).isEqualTo(kept);

    Outcome next = nightly("--date", "2026-11-21");
    assertThat(next.status()).isZero();
    assertThat(next.out())
        .contains("  ledger    32 rows known, ", "is distributed as before")
        .endsWith(" 2026-11-21: done, after 2026-11-20\n");
    assertThat(nights.resolve("2026-11-21/kept/part-00000.jsonl")).hasContent(kept);
    assertThat(nights.resolve("2026-11-21/report/report.json"))
        .content()
        .contains("\"typed\" : \"chance\"");
  }

  @Test
  void reportsAgainstTheLastFinishedNightBeforeAndStopsWhereItFails() throws Exception {
    launcher("annotate", "true");
    launcher("filter", "true");
    launcher("report", "echo \"$@\" >>'" + folder + "/reports'; test ! -e '" + folder + "/drift'");
    conf(
        "nightly.ledger = " + folder + "/ledger",
        "nightly.max-drift = 0.2",
        "report.report.extremes = 9");
    assertThat(nightly("--date=2026-11-18").status()).isZero();
    assertThat(Files.readString(folder.resolve("started")))
        .contains(" --output " + nights + "/2026-11-18/scored --ledger " + folder + "/ledger ");
    assertThat(started()).containsExactly("annotate", "report", "filter");

    Path drift = Files.createFile(folder.resolve("drift"));
    Outcome stopped = nightly("--date", "2026-11-19");
    assertThat(stopped.status()).isEqualTo(1);
    assertThat(stopped.out()).endsWith(" report: ended with status 1; nothing after it is done\n");
    assertThat(started()).containsExactly("annotate", "report");
    assertThat(Files.readSymbolicLink(nights.resolve("latest"))).hasToString("2026-11-18");

    assertThat(nightly("--date", "2026-11-20").status()).isEqualTo(1);
    Files.delete(drift);
    started();
    assertThat(nightly("--date", "2026-11-20").status()).isZero();
    assertThat(started())
        .as("the step that failed, and what follows")
        .containsExactly("report", "filter");
    String settings = nights + "/2026-11-20/.settings/report.conf";
    assertThat(Files.readAllLines(folder.resolve("reports")))
        .last()
        .isEqualTo(
            "%1$s/2026-11-20/scored --output %1$s/2026-11-20/report --against %1$s/2026-11-18/scored --max-drift 0.2"
                    .formatted(nights)
                + " --conf "
                + settings);
    assertThat(Path.of(settings)).hasContent("report.extremes = 9");
    assertThat(Files.readSymbolicLink(nights.resolve("latest"))).hasToString("2026-11-20");
  }

  @Test
  void aLedgerAmongTheFoldersOfTheNightIsRefusedBeforeAnythingIsMade() throws Exception {
    Path night = nights.resolve("2026-11-20");
    for (Path ledger : List.of(night.resolve("kept"), night, nights, folder)) {
      conf("nightly.ledger = " + ledger);
      assertThat(nightly("--date", "2026-11-20"))
          .isEqualTo(
              new Outcome(
                  2,
                  "",
                  "touchstone nightly: [%s] nightly.ledger: expected a folder that neither lies in %s nor holds it, found %s\n"
                      .formatted(conf, night, ledger)));
      assertThat(nights).doesNotExist();
    }
    assertThat(started()).isEmpty();
  }

  @Test
  void ofTwoThatAreStartedAtOnceTheSecondEnds() throws Exception {
    conf("nightly.report = no");
    Files.createDirectories(nights);
    Path lock = nights.resolve(".lock");
    Process holder = new ProcessBuilder("flock", lock.toString(), "cat").start();
    try {
      while (new ProcessBuilder("flock", "-n", lock.toString(), "true").start().waitFor() == 0) {
        Thread.sleep(10);
      }
      Outcome second = nightly("--date", "2026-11-20");
      assertThat(second.status()).isEqualTo(75);
      assertThat(second.out()).endsWith(" another start is at work in " + nights + "\n");
      assertThat(started()).isEmpty();
    } finally {
      // cat ends with its input.
      holder.getOutputStream().close();
      holder.waitFor();
    }
  }

  @Test
  void aJobThatOutlivesItsScriptKeepsOthersOutUntilItEnds() throws Exception {
    conf("nightly.report = no");
    Path job = folder.resolve("pid");
    launcher("filter", "true");
    launcher(
        "annotate",
        "echo $$ >'" + job + ".new'; mv '" + job + ".new' '" + job + "'; exec sleep 300");
    ProcessBuilder builder =
        new ProcessBuilder("jobs/nightly", "--conf", conf.toString(), "--date", "2026-11-20")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("killed").toFile());
    builder.environment().put("TOUCHSTONE_JOBS", jobs.toString());
    Process script = builder.start();
    while (!Files.exists(job)) {
      assertThat(script.isAlive()).isTrue();
      Thread.sleep(10);
    }
    ProcessHandle annotate =
        ProcessHandle.of(Long.parseLong(Files.readString(job).strip())).orElseThrow();
    script.destroyForcibly().waitFor();
    assertThat(annotate.isAlive()).isTrue();
    assertThat(nightly("--date", "2026-11-20").status()).isEqualTo(75);

    annotate.destroyForcibly();
    annotate.onExit().get(1, TimeUnit.MINUTES);
    started();
    launcher("annotate", "true");
    assertThat(nightly("--date", "2026-11-20").status()).isZero();
    assertThat(started()).containsExactly("annotate", "filter");
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "HUP, 129"})
  void aSignalReachesTheJobAndIsWaitedFor(String signal, int status) throws Exception {
    assumeThat(Signals.areHeard(signal))
        .as("whoever started this test has not switched it off")
        .isTrue();
    conf("nightly.report = no");
    launcher(
        "annotate",
        """
        trap 'sleep 1; : >"%1$s/ended"; exit 143' TERM
        : >"%1$s/ready"
        while :; do sleep 0.1; done
        """
            .formatted(folder));
    ProcessBuilder builder =
        new ProcessBuilder("jobs/nightly", "--conf", conf.toString(), "--date", "2026-11-20")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile());
    builder.environment().put("TOUCHSTONE_JOBS", jobs.toString());
    Process script = builder.start();
    while (!Files.exists(folder.resolve("ready"))) {
      assertThat(script.isAlive()).isTrue();
      Thread.sleep(10);
    }
    new ProcessBuilder("kill", "-" + signal, Long.toString(script.pid())).start().waitFor();
    assertThat(script.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(folder.resolve("ended")).as("the job's end, before the script's").exists();
    assertThat(script.exitValue()).isEqualTo(status);
    assertThat(Files.readString(folder.resolve("said")))
        .endsWith(" annotate: ended by SIG" + signal + "; nothing after it is done\n");
    assertThat(started()).containsExactly("annotate");
  }

  @Test
  void aWrongLineOfTheFileIsToldWithItsPlace() throws Exception {
    conf("nightly.inputs = x");
    assertThat(nightly())
        .isEqualTo(
            new Outcome(
                2,
                "",
                "touchstone nightly: ["
                    + conf
                    + ":10] nightly.inputs: expected nightly.input, nightly.folder, nightly.ledger,"
                    + " nightly.report, nightly.max-drift or a setting of annotate, report or"
                    + " filter\n"));
    conf();
    for (String flag : List.of("--conf", "--date", "--out", "", "-x")) {
      String typed = "s3a://AKIA:12/SECRET@b\u001b";
      List<String> call = flag.isEmpty() ? List.of(typed) : List.of(flag + "=" + typed);
      assertThat(nightly(call.toArray(String[]::new)).err())
          .startsWith("touchstone nightly: ")
          .doesNotContain("SECRET", "\u001b");
    }
    assertThat(nightly("--date", "today").err())
        .isEqualTo("touchstone nightly: --date: expected YYYY-MM-DD, found 'today'\n");
    Files.writeString(conf, "nightly.folder = x\n");
    assertThat(nightly().err())
        .isEqualTo(
            "touchstone nightly: ["
                + conf
                + "] nightly.input: expected a file, folder or glob, found none\n");
  }

  @Test
  void theWorkedExampleNamesOnlySettingsOfTheJobs() {
    Problems problems = new Problems();
    Layer example = ConfFile.read(Path.of("conf/nightly.conf"), "conf/nightly.conf", problems);
    assertThat(problems.found()).isEmpty();
    List<String> known = new ArrayList<>();
    AnnotateSettings.ALL.forEach(setting -> known.add("annotate." + setting.key()));
    ReportSettings.ALL.forEach(setting -> known.add("report." + setting.key()));
    FilterSettings.ALL.forEach(setting -> known.add("filter." + setting.key()));
    known.addAll(
        List.of(
            "nightly.input",
            "nightly.folder",
            "nightly.ledger",
            "nightly.report",
            "nightly.max-drift"));
    assertThat(known).containsAll(example.entries().keySet());
  }
}
