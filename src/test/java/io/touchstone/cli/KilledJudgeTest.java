package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.call.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A judge's job whose process dies in the middle of its work. */
final class KilledJudgeTest {
  private static final int ROWS = 96;
  private static final List<String> PRINCIPLES =
      List.of("correctness", "clarity", "twice", "maybe", "silence", "length");

  @TempDir Path folder;

  private List<String> call(Path input, Path output) {
    List<String> call = new ArrayList<>(List.of("annotate", input.toString()));
    call.addAll(List.of("--output", output.toString(), "--piece-bytes", "1500"));
    call.addAll(List.of("--model", "src/test/resources/judge/model"));
    call.addAll(List.of("--judge", "conf/recipes/genrm-principle.conf", "--judge-tokens", "40"));
    call.addAll(List.of("--votes", "3", "--temperature", "1.4"));
    return call;
  }

  private Path rows() throws IOException {
    return Files.write(
        folder.resolve("rows.jsonl"),
        IntStream.range(0, ROWS)
            .mapToObj(
                i ->
                    i % 16 == 7
                        ? "no row " + i
                        : "{\"prompt\":\"What do owls eat?\",\"response\":\"%s %d\",\"principle\":\"%s\"}"
                            .formatted(
                                i % 3 == 0 ? "Mice." : "Mice. because of mice.",
                                i,
                                PRINCIPLES.get(i % 6)))
            .toList());
  }

  private static List<Path> parts(Path output) throws IOException {
    List<Path> parts = new ArrayList<>();
    for (Path inside : List.of(output, output.resolve("_rejected"))) {
      listed(inside).stream()
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .map(output::relativize)
          .forEach(parts::add);
    }
    return parts;
  }

  private static List<Path> listed(Path inside) throws IOException {
    if (!Files.exists(inside)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(inside)) {
      return files.sorted().toList();
    }
  }

  private Process started(Path input, Path output) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@jobs/lib/jvm.options",
                "-Xmx1g",
                "-Dtouchstone.home=" + Path.of("").toAbsolutePath(),
                "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
                "-cp",
                System.getProperty("java.class.path"),
                Touchstone.class.getName()));
    command.addAll(call(input, output));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return builder.redirectOutput(folder.resolve("told").toFile()).start();
  }

  @Test
  void goesOnAndWritesTheBytesOfAJobThatNothingEnded() throws Exception {
    Path input = rows();
    Path output = folder.resolve("out");
    Process job = started(input, output);
    while (listed(output.resolve("_stats")).size() < 2) {
      assertThat(job.isAlive()).as(Files.readString(folder.resolve("told"))).isTrue();
      Thread.sleep(10);
    }
    job.destroyForcibly().waitFor();
    assertThat(output.resolve("_SUCCESS")).doesNotExist();

    Program program = Program.installed();
    assertThat(program.run(call(input, output))).as(program.err()).isEqualTo(ExitStatus.DONE);
    assertThat(program.out()).contains("of them done by an earlier run");
    Path undisturbed = folder.resolve("undisturbed");
    assertThat(program.run(call(input, undisturbed))).isEqualTo(ExitStatus.DONE);
    List<Path> parts = parts(undisturbed);
    assertThat(parts).hasSizeGreaterThan(8).isEqualTo(parts(output));
    long lines = 0;
    for (Path part : parts) {
      assertThat(output.resolve(part)).hasSameBinaryContentAs(undisturbed.resolve(part));
      lines += Files.readAllLines(output.resolve(part)).size();
    }
    assertThat(lines).isEqualTo(ROWS);
  }
}
