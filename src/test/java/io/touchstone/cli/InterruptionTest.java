package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.touchstone.files.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs in processes of their own, ended from outside in the middle of their work. */
final class InterruptionTest {
  private static final int ROWS = 600;

  @TempDir Path folder;
  private Path input;
  private Path output;
  private Path temporary;

  @BeforeEach
  void writeRows() throws IOException {
    output = folder.resolve("out");
    temporary = Files.createDirectory(folder.resolve("tmp"));
    input =
        Files.write(
            folder.resolve("in.jsonl"),
            IntStream.range(0, ROWS)
                .mapToObj(
                    row ->
                        "{\"prompt\": \"Number %d?\", \"response\": \"%s\"}"
                            .formatted(row, ("It is " + row + ". ").repeat(60)))
                .toList());
  }

  /** As the launchers start it, with a folder that they have made. */
  private ProcessBuilder touchstone(String... arguments) throws IOException {
    Path scratch = Files.createTempDirectory(temporary, ScratchFolder.PREFIX);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@jobs/lib/jvm.options",
                "-Xmx1g",
                "-Dtouchstone.home=" + Path.of("").toAbsolutePath(),
                "-Dlog4j2.configurationFile=src/main/resources/log4j2.properties",
                "-Djava.io.tmpdir=" + scratch,
                "-Dtouchstone.scratch=" + scratch,
                "-cp",
                System.getProperty("java.class.path"),
                Touchstone.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return builder;
  }

  private ProcessBuilder annotate() throws IOException {
    return touchstone(
        "annotate", input.toString(), "--output", output.toString(), "--piece-bytes", "50k");
  }

  /** Returns when the first piece is committed and others are under way. */
  private Process midJob() throws Exception {
    Process job =
        annotate()
            .redirectOutput(folder.resolve("said").toFile())
            .redirectError(folder.resolve("told").toFile())
            .start();
    while (names(output.resolve("_stats")).isEmpty()) {
      assertThat(job.isAlive()).as(Files.readString(folder.resolve("told"))).isTrue();
      Thread.sleep(10);
    }
    return job;
  }

  private static List<String> names(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
  void aSignalEndsAJobWithALineAndTheSameCommandGoesOn(String signal, int status) throws Exception {
    assumeThat(Signals.areHeard(signal))
        .as("whoever started this test has not switched it off")
        .isTrue();
    Process job = midJob();
    new ProcessBuilder("kill", "-" + signal, Long.toString(job.pid())).start().waitFor();
    assertThat(job.waitFor(1, TimeUnit.MINUTES)).isTrue();

    assertThat(folder.resolve("told"))
        .hasContent(
            "touchstone annotate: ended by SIG"
                + signal
                + ". The same command run again goes on where this one ended.");
    assertThat(folder.resolve("said")).isEmptyFile();
    assertThat(job.exitValue()).isEqualTo(status);
    assertThat(names(temporary)).isEmpty();
    int done = names(output.resolve("_stats")).size();
    assertThat(output.resolve("_SUCCESS")).doesNotExist();

    Outcome again = Outcome.of(annotate(), folder);
    assertThat(again.status()).isZero();
    // No row was taken for the cause of the end, and run alone.
    assertThat(again.err().lines().filter(line -> !line.contains(" INFO  progress: "))).isEmpty();
    assertThat(again.out()).startsWith("Scored 600 of 600 rows;");
    assertThat(resumed(again.out())).isGreaterThanOrEqualTo(done);
    assertThat(names(temporary)).isEmpty();
  }

  private static int resumed(String summary) {
    String pieces = summary.lines().filter(line -> line.startsWith("  pieces")).findFirst().get();
    return Integer.parseInt(pieces.replaceFirst(".*, (\\d+) of them done by an earlier run", "$1"));
  }

  @Test
  void whatAKilledJobLeftGoesWithTheNextCall() throws Exception {
    Process job = midJob();
    job.destroyForcibly().waitFor();
    assertThat(names(temporary)).hasSize(1);
    Path left = temporary.resolve(names(temporary).get(0));
    assertThat(names(left)).as("what Spark has on a disk").contains("alive").hasSizeGreaterThan(1);

    assertThat(Outcome.of(touchstone("--version"), folder).status()).isZero();
    assertThat(names(temporary)).isEmpty();
  }
}
