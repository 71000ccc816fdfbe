package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.job.EngineScorers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --metrics} leaves for Prometheus. */
final class MetricsTest {

  private static final Pattern SAMPLE =
      Pattern.compile(
          "(touchstone_[a-z_]+)(\\{job=\"[a-z]+\",file=\"night\"(?:,[a-z]+=\"[^\"]*\")?\\}) (\\S+)");

  @TempDir Path folder;
  private final Program program = Program.uninstalled(new EngineScorers());
  private Path input;
  private Path file;

  @BeforeEach
  void writeInput() throws IOException {
    file = folder.resolve("night.prom");
    input =
        Files.write(
            folder.resolve("in.jsonl"),
            List.of(
                "{\"prompt\": \"secret question\", \"response\": \"a\", \"reward\": 1}",
                "{\"prompt\": \"secret question\", \"response\": \"b\", \"reward\": 3}",
                "not json",
                "",
                "{\"prompt\": \"other\", \"response\": \"c\", \"reward\": 2}"));
  }

  private ExitStatus filter(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "filter",
                input.toString(),
                "--kept",
                folder.resolve("kept").toString(),
                "--dropped",
                folder.resolve("dropped").toString(),
                "--min",
                "2",
                "--quiet",
                "--metrics",
                file.toString()));
    args.addAll(List.of(more));
    return program.run(args);
  }

  /** Samples by name and labels; every line must be one, or say what follows. */
  private Map<String, String> samples() throws IOException {
    Map<String, String> samples = new LinkedHashMap<>();
    String family = "";
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("# HELP ")) {
        family = line.split(" ")[2];
      } else if (line.startsWith("# TYPE ")) {
        assertThat(line).isEqualTo("# TYPE " + family + " gauge");
      } else {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        assertThat(sample.group(1)).isEqualTo(family);
        assertThat(samples.put(sample.group(1) + sample.group(2), sample.group(3))).isNull();
      }
    }
    return samples;
  }

  private static String name(String name, String... label) {
    return "touchstone_"
        + name
        + "{job=\"filter\",file=\"night\""
        + (label.length == 0 ? "" : "," + label[0] + "=\"" + label[1] + "\"")
        + "}";
  }

  @Test
  void aRunLeavesItsFiguresAndNoText() throws IOException {
    assertThat(filter()).as(program.err()).isEqualTo(ExitStatus.DONE);
    assertThat(samples())
        .containsEntry(name("run_exit_status"), "0")
        .containsEntry(name("read_rows"), "4")
        .containsEntry(name("rejected_rows"), "1")
        .containsEntry(name("written_rows"), "2")
        .containsEntry(name("blank_lines"), "1")
        .containsEntry(name("rejected_kind_rows", "kind", "not-json"), "1")
        .containsEntry(name("verdict_rows", "verdict", "kept"), "2")
        .containsEntry(name("verdict_rows", "verdict", "below-min"), "1")
        .containsKeys(
            name("run_end_timestamp_seconds"), name("run_duration_seconds"), name("pieces"));
    assertThat(Files.readString(file)).doesNotContain("secret", "other");
    // Whoever collects may be another user.
    assertThat(Files.getPosixFilePermissions(file)).contains(PosixFilePermission.GROUP_READ);
    try (var files = Files.list(folder)) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("in.jsonl", "kept", "dropped", "night.prom");
    }
  }

  @Test
  void howeverARunEndsItsStatusIsTold() throws IOException {
    assertThat(filter("--max-rejected", "0")).isEqualTo(ExitStatus.TOO_MANY_REJECTED);
    assertThat(samples()).containsEntry(name("run_exit_status"), "3");
    assertThat(filter("--by", "rewards")).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(samples())
        .containsEntry(name("run_exit_status"), "2")
        .doesNotContainKey(name("read_rows"));
  }

  @Test
  void aFileThatCannotBeWrittenIsToldBeforeTheJob() {
    file = folder.resolve("none/night.prom");
    assertThat(filter()).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            "touchstone filter: 1 problem:\n  --metrics: ["
                + file
                + "] expected a file in a folder of this machine that can be written to,"
                + " found none\n");
    assertThat(folder.resolve("kept")).doesNotExist();
  }
}
