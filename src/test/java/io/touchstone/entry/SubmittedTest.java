package io.touchstone.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main class, in a process of its own. */
final class SubmittedTest {
  private static final int JAVA_8 = 52;

  @TempDir Path folder;

  private int status;
  private String out;
  private String err;

  /** Runs it before that class path, as on a Spark that says that it is of that version. */
  private void runOn(String spark, String classPath, String... args) throws Exception {
    Path said = Files.createDirectory(folder.resolve("spark"));
    Files.writeString(
        said.resolve("spark-version-info.properties"), "branch=x\nversion=" + spark + "\n");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                said + File.pathSeparator + classPath,
                "io.touchstone.entry.Submitted"));
    command.addAll(List.of(args));
    Path stdout = folder.resolve("stdout");
    Path stderr = folder.resolve("stderr");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(stdout.toFile())
            .redirectError(stderr.toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    status = process.exitValue();
    out = Files.readString(stdout);
    err = Files.readString(stderr);
  }

  @Test
  void anOlderSparkIsRefusedWhereNothingElseOfTheProgramCanBeLoaded() throws Exception {
    Path alone = Files.createDirectories(folder.resolve("alone/io/touchstone/entry"));
    for (String name : List.of("Submitted", "Requirements")) {
      try (InputStream bytes = Submitted.class.getResourceAsStream(name + ".class")) {
        Files.copy(bytes, alone.resolve(name + ".class"));
      }
    }
    runOn("3.5.9", folder.resolve("alone").toString(), "annotate", "in.jsonl");

    assertThat(err)
        .isEqualTo(
            "touchstone annotate: 1 problem:\n"
                + "  spark: expected Spark 4.0 or newer, found 3.5.9\n");
    assertThat(out).isEmpty();
    assertThat(status).isEqualTo(2);
  }

  @Test
  void onANewerSparkTheProgramRunsAndItsStatusIsTheProcesss() throws Exception {
    runOn("4.0.4", System.getProperty("java.class.path"), "conjure");

    assertThat(err)
        .startsWith("touchstone: 1 problem:\n  JOB: expected generate, annotate,")
        .endsWith("found 'conjure'; --help says more\n");
    assertThat(status).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Submitted", "Requirements"})
  void anOlderJavaCanReadIt(String name) throws IOException {
    try (DataInputStream in =
        new DataInputStream(Submitted.class.getResourceAsStream(name + ".class"))) {
      in.skipNBytes(6);
      assertThat(in.readUnsignedShort()).isEqualTo(JAVA_8);
    }
  }
}
