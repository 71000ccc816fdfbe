package io.touchstone.cli.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.cli.call.ConfFile;
import io.touchstone.cli.call.Destination;
import io.touchstone.cli.call.JobFlags;
import io.touchstone.cli.call.Layer;
import io.touchstone.cli.call.Toggle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the launcher of {@code improve} reads: {@code stages} with a line {@code STAGE JOB STATE}
 * for each, where STATE is {@code todo} or {@code done}; for each that is to be done {@code
 * STAGE.arguments}, which end in a zero byte each, and {@code STAGE.conf}, which they name.
 */
record ImproveHandover(Path folder, JobRun run) {
  private static final String REPORT = "report";
  private static final String SPARK = "spark.";

  void write(List<ImproveCheck.Stage> stages) throws IOException {
    List<String> lines = new ArrayList<>();
    for (ImproveCheck.Stage stage : stages) {
      String name = stage.name().folder();
      lines.add(name + " " + stage.run().job().name() + (stage.isDone() ? " done" : " todo"));
      if (!stage.isDone()) {
        write(name, stage.run());
      }
    }
    lines.add(REPORT + " " + REPORT + " todo");
    writeReport();
    Files.write(folder.resolve("stages"), lines, UTF_8);
  }

  private void write(String name, JobRun stage) throws IOException {
    List<String> arguments = new ArrayList<>(stage.call().inputs());
    stage
        .call()
        .folder(Destination.OUTPUT)
        .ifPresent(path -> arguments.addAll(List.of(Destination.OUTPUT.flag(), path)));
    stage.call().toggles().stream().sorted().map(Toggle::flag).forEach(arguments::add);
    write(name, arguments, stage.call().settings());
  }

  private void writeReport() throws IOException {
    String root = run.folder(Destination.OUTPUT);
    List<String> arguments = new ArrayList<>();
    arguments.add(ImproveCalls.folder(ImproveStage.BEST, run).orElseThrow());
    arguments.addAll(List.of(Destination.OUTPUT.flag(), root + "/" + REPORT));
    for (Toggle toggle : List.of(Toggle.SHOW_TEXT, Toggle.QUIET, Toggle.STACKTRACE)) {
      if (run.call().toggles().contains(toggle)) {
        arguments.add(toggle.flag());
      }
    }
    write(REPORT, arguments, run.settings().ofStage(REPORT));
  }

  /**
   * Spark's own settings stand among the arguments, as the launcher of a job looks for them there.
   */
  private void write(String name, List<String> begun, Layer settings) throws IOException {
    List<String> arguments = new ArrayList<>(begun);
    StringBuilder conf = new StringBuilder();
    for (Map.Entry<String, Layer.Entry> setting : settings.entries().entrySet()) {
      String text = setting.getValue().text();
      if (setting.getKey().equals(JobFlags.SPARK_MASTER)) {
        arguments.addAll(List.of("--master", text));
      } else if (setting.getKey().startsWith(SPARK)) {
        arguments.addAll(List.of("--spark-conf", setting.getKey() + "=" + text));
      } else {
        conf.append(setting.getKey()).append(" = ").append(ConfFile.written(text)).append('\n');
      }
    }
    Path file = folder.resolve(name + ".conf");
    Files.writeString(file, conf, UTF_8);
    arguments.addAll(List.of("--conf", file.toString()));
    Files.writeString(
        folder.resolve(name + ".arguments"), String.join("\0", arguments) + "\0", UTF_8);
  }
}
