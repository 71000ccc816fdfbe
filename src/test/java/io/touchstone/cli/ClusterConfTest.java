package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.call.ConfFile;
import io.touchstone.cli.call.Layer;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.settings.AnnotateSettings;
import io.touchstone.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples for clusters, with the marks before their settings taken out. */
final class ClusterConfTest {

  private static final Path FOLDER = Path.of("conf", "clusters");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"standalone.conf", "yarn.conf", "kubernetes.conf"})
  void everySettingIsOneOfSparkOrOfTheJob(String name) throws IOException {
    List<String> lines = Files.readAllLines(FOLDER.resolve(name));
    assertThat(lines)
        .as("no setting holds unasked")
        .allMatch(l -> l.isEmpty() || l.startsWith("#"));
    Path plain =
        Files.write(
            folder.resolve(name),
            lines.stream().filter(l -> l.contains(" = ")).map(l -> l.substring(2)).toList());
    Problems problems = new Problems();
    Layer layer = ConfFile.read(plain, name, problems);
    problems.refuseIfAny();
    Set<String> known = AnnotateSettings.ALL.stream().map(Setting::key).collect(Collectors.toSet());
    assertThat(layer.entries()).hasSizeGreaterThan(5);
    assertThat(layer.entries().keySet())
        .allMatch(key -> key.startsWith("spark.") || known.contains(key));
  }

  @Test
  void theScriptThatFindsGpusCanBeRun() {
    assertThat(FOLDER.resolve("gpus.sh")).isExecutable();
  }
}
