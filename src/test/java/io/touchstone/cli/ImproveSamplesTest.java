package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.cli.call.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All stages with the demonstration models, as the sample's own settings have them: the script, and
 * jobs that are those of the class path.
 */
final class ImproveSamplesTest {
  private static final Path SAMPLES = Path.of("data-samples");

  @TempDir Path folder;
  private Path jobs;
  private Path out;

  @BeforeEach
  void writeLaunchers() throws IOException {
    jobs = Files.createDirectories(folder.resolve("jobs/lib")).getParent();
    out = folder.resolve("out");
    for (String job : List.of("generate", "annotate", "report")) {
      launcher(job, job);
    }
    launcher("lib/improve", "improve");
  }

  /**
   * Where a file dies-in-STAGE lies, the process of that stage is killed once its folder is begun.
   */
  private void launcher(String name, String job) throws IOException {
    Path file = jobs.resolve(name);
    Files.writeString(
        file,
        """
        #!/bin/bash
        echo %1$s >>'%2$s/started'
        job=('%3$s' @jobs/lib/jvm.options -Xmx1g -XX:TieredStopAtLevel=1 -Dtouchstone.home=. -cp '%4$s' %5$s %1$s "$@")
        mark=%2$s/dies-in-$(basename "${3:-none}")
        [[ -e $mark ]] || exec "${job[@]}"
        "${job[@]}" &
        until [[ -e $3/_plan.json ]]; do sleep 0.02; done
        kill -KILL $!
        wait $! 2>/dev/null
        rm "$mark"
        exit 137
        """
            .formatted(
                job,
                folder,
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Touchstone.class.getName()));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Outcome improve() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "jobs/improve",
            SAMPLES.resolve("improve.jsonl").toString(),
            "--output",
            out.toString(),
            "--conf",
            SAMPLES.resolve("improve.conf").toString());
    builder.environment().put("TOUCHSTONE_JOBS", jobs.toString());
    builder.environment().put("TMPDIR", folder.toString());
    return Outcome.of(builder, folder);
  }

  private List<String> started() throws IOException {
    Path file = folder.resolve("started");
    List<String> lines = Files.readAllLines(file);
    Files.delete(file);
    return lines;
  }

  @Test
  void theSampleIsImprovedAsByTransformersWhateverStageDies() throws Exception {
    Files.createFile(folder.resolve("dies-in-1-responses"));
    Files.createFile(folder.resolve("dies-in-4-edits"));
    assertThat(improve().status()).isEqualTo(137);
    assertThat(started()).containsExactly("improve", "generate");

    assertThat(improve().status()).isEqualTo(137);
    assertThat(started())
        .containsExactly("improve", "generate", "annotate", "generate", "generate");

    Outcome last = improve();
    assertThat(last.status()).as(last.err()).isZero();
    assertThat(started()).containsExactly("improve", "generate", "annotate", "report");
    assertThat(last.out())
        .contains(" 1-responses: done before\n", " 3-feedback: done before\n", " 5-best: done\n")
        .doesNotContain("bread", "{\"");
    assertRows();
    assertReport();
    assertPairs();

    assertThat(improve().status()).isZero();
    assertThat(started()).containsExactly("improve", "report");
    assertThatLostRowsAreTold();
  }

  private void assertThatLostRowsAreTold() throws IOException {
    Path summary = out.resolve("1-responses/_run.json");
    String told = Files.readString(summary);
    assertThat(told).contains("\"in\" : 9,");
    Files.writeString(summary, told.replace("\"in\" : 9,", "\"in\" : 10,"));
    Program program = Program.installed();
    assertThat(program.run("report", out.resolve("5-best").toString(), "--quiet"))
        .isEqualTo(ExitStatus.FAILED);
    assertThat(program.err())
        .contains(
            "rows: expected 10 of 1-responses to be in the last result or set aside, found 8 and 1");
  }

  private void assertRows() throws IOException {
    List<JsonNode> expected =
        JsonLines.of(SAMPLES.resolve("expected/improve.jsonl")).stream()
            .filter(row -> !row.has("rejected"))
            .toList();
    List<JsonNode> found = JsonLines.of(out.resolve("5-best/part-00000.jsonl"));
    assertThat(expected).hasSizeGreaterThanOrEqualTo(8);
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      JsonNode row = found.get(i);
      JsonNode wanted = expected.get(i);
      for (String field : List.of("id", "responses", "feedback", "edits", "response", "stage")) {
        assertThat(row.path(field)).as("%s of row %s", field, i).isEqualTo(wanted.path(field));
      }
      assertThat(row.path("rewards")).hasSameSizeAs(wanted.path("rewards"));
      for (int k = 0; k < row.path("rewards").size(); k++) {
        assertThat(row.path("rewards").path(k).asDouble())
            .isCloseTo(wanted.path("rewards").path(k).asDouble(), within(1e-4));
      }
    }
    assertThat(expected).extracting(row -> row.path("stage").asText()).contains("response", "edit");
  }

  private void assertReport() throws IOException {
    JsonNode report = new ObjectMapper().readTree(out.resolve("report/report.json").toFile());
    JsonNode improvement = report.path("improvement");
    assertThat(improvement.path("after").path("count").asLong()).isEqualTo(8);
    assertThat(improvement.path("stages")).hasSize(5);
    assertThat(improvement.path("stages").path(0).path("rows").path("rejected").asLong()).isOne();
    assertThat(Files.readString(out.resolve("report/report.html")))
        .contains("Before and after editing", "4-edits")
        .doesNotContain("sourdough", "coffee");
  }

  private void assertPairs() {
    Program program = Program.installed();
    assertThat(
            program.run(
                "select",
                out.resolve("5-best").toString(),
                "--output",
                folder.resolve("pairs").toString(),
                "--pairs"))
        .as(program.err())
        .isEqualTo(ExitStatus.DONE);
    assertThat(folder.resolve("pairs/part-00000.jsonl")).content().contains("\"chosen\": ");
  }
}
