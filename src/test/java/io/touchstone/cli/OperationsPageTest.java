package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.call.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The exit statuses of docs/operations.md, held against what jobs and scripts end with. */
final class OperationsPageTest {

  private static final List<String> JOBS =
      List.of(
          "annotate",
          "generate",
          "select",
          "filter",
          "evaluate",
          "calibrate",
          "ledger",
          "improve",
          "report");
  private static final Pattern LINE =
      Pattern.compile("(?m)^  (\\d+(?:, \\d+)*) {2}(.+(?:\n {5}.+)*)$");

  /** A line of the page's table. */
  private record Told(String status, String of, String what) {
    Set<String> jobs() {
      return new TreeSet<>(
          Arrays.stream(of.replace("all jobs", String.join(", ", JOBS)).split(", ")).toList());
    }
  }

  private static List<Told> table() throws IOException {
    List<Told> table = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("docs/operations.md"))) {
      String[] cells = line.split(" *\\| *", -1);
      if (cells.length == 6 && cells[1].matches("\\d.*")) {
        table.add(new Told(cells[1], cells[2], cells[3]));
      }
    }
    return table;
  }

  @Test
  void eachStatusIsTheOneThatTheProgramHasForTheseJobs() throws IOException {
    Map<String, Set<String>> jobs = new LinkedHashMap<>();
    for (String job : JOBS) {
      Program program = Program.installed();
      program.run(job, "--help");
      String statuses = program.out().substring(program.out().indexOf("Exit status:"));
      Matcher line = LINE.matcher(statuses);
      while (line.find()) {
        jobs.computeIfAbsent(
                line.group(1) + " " + line.group(2).replaceAll("\\s+", " "),
                none -> new TreeSet<>())
            .add(job);
      }
    }
    Map<String, Set<String>> told = new LinkedHashMap<>();
    for (ExitStatus status : ExitStatus.values()) {
      Told row =
          table().stream()
              .filter(each -> each.what.equals(status.meaning()))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no line for " + status.meaning()));
      assertThat(row.status).isEqualTo(Integer.toString(status.code()));
      Set<String> of = row.jobs();
      // Its stages are jobs that end so, and its help names their limits.
      of.removeAll(List.of("nightly"));
      told.put(status.code() + " " + status.meaning(), of);
    }
    Map<String, Set<String>> ofProgram = new LinkedHashMap<>(jobs);
    ofProgram.keySet().retainAll(told.keySet());
    told.get("3 " + ExitStatus.TOO_MANY_REJECTED.meaning()).remove("improve");
    ofProgram.get("3 " + ExitStatus.TOO_MANY_REJECTED.meaning()).remove("improve");
    assertThat(ofProgram).isEqualTo(told);
    assertThat(jobs.keySet().stream().filter(each -> each.startsWith("130")))
        .containsExactly("130, 143 ended by Ctrl-C, by SIGTERM; the same command goes on");
  }

  @Test
  void whatScriptsEndWithThemselvesStandsThereToo() throws IOException {
    Set<String> ends = new TreeSet<>();
    for (String script :
        List.of("jobs/nightly", "jobs/improve", "jobs/lib/launch.sh", "jobs/lib/attend.sh")) {
      Matcher exit = Pattern.compile("\\bexit (\\d+)").matcher(Files.readString(Path.of(script)));
      while (exit.find()) {
        ends.add(exit.group(1));
      }
    }
    assertThat(ends).contains("75");
    Set<String> told =
        table().stream()
            .flatMap(each -> Arrays.stream(each.status.split(", ")))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(told).containsAll(ends);
    assertThat(table().stream().filter(each -> each.status.equals("75")).findFirst())
        .hasValueSatisfying(each -> assertThat(each.jobs()).containsExactly("improve", "nightly"));
  }
}
