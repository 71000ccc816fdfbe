package io.touchstone.cli.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.Version;
import io.touchstone.cli.text.MetricsText;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The file that {@code --metrics} names, for the textfile collector of Prometheus' node exporter:
 * replaced as a whole after each run, whatever its end.
 *
 * <p>All samples have the labels {@code job} and {@code file}, so that files of several pipelines
 * in one folder do not have the same series.
 */
final class MetricsFile {
  private static final String ENDING = ".prom";

  private final Path file;
  private final MetricsText figures;
  private final long begun = System.nanoTime();

  MetricsFile(Path file, String job) {
    this.file = file.toAbsolutePath();
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("job", job);
    labels.put("file", name(this.file));
    this.figures = new MetricsText(labels);
  }

  private static String name(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
  }

  /** What the job adds to the file. */
  MetricsText figures() {
    return figures;
  }

  /** Adds what keeps the file from being written. */
  static void check(String flag, Path file, Problems problems) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      problems.add(
          Problem.at(flag)
              .file(file.toString())
              .expected("a file in a folder of this machine that can be written to")
              .found(folder != null && Files.isDirectory(folder) ? "one that cannot" : "none"));
    } else if (Files.isDirectory(file)) {
      problems.add(Problem.at(flag).file(file.toString()).expected("a file").found("a folder"));
    }
  }

  /**
   * Puts the figures in the place of those of an earlier run, at once.
   *
   * @throws IOException if they cannot be written; those of the earlier run stay then
   */
  void write(ExitStatus status) throws IOException {
    figures
        .gauge("run_exit_status", "How the run ended; 0 is done.", status.code())
        .gauge(
            "run_end_timestamp_seconds",
            "When the run ended, since the epoch.",
            System.currentTimeMillis() / 1e3)
        .gauge(
            "run_duration_seconds",
            "Wall time of the run, its start not counted.",
            (System.nanoTime() - begun) / 1e9)
        .gauges("build_info", "The program's version.", "version", Map.of(Version.ofProgram(), 1));
    // Collectors read what ends with .prom, and those who collect may be another user.
    Path whole =
        file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.write(whole, figures.text().getBytes(UTF_8));
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(whole);
    }
  }
}
