package io.touchstone.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.call.ConfFile;
import io.touchstone.cli.call.Layer;
import io.touchstone.cli.call.Setting;
import io.touchstone.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files for published models: each is one that its job reads. */
final class ModelFilesTest {
  private static final Path FOLDER = Path.of("conf", "models");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  private static Map<String, String> read(Path file) {
    Problems problems = new Problems();
    Layer layer = ConfFile.read(file, file.toString(), problems);
    problems.refuseIfAny();
    Map<String, String> values = new TreeMap<>();
    layer.entries().forEach((key, entry) -> values.put(key, entry.text()));
    return values;
  }

  @ParameterizedTest
  @MethodSource("files")
  void areReadByTheJobThatTheyAreFor(Path file) {
    Map<String, String> values = read(file);
    assertThat(
            Stream.of(AnnotateSettings.ALL, GenerateSettings.ALL)
                .filter(
                    job -> job.stream().map(Setting::key).toList().containsAll(values.keySet())))
        .as("jobs that know all of %s", values.keySet())
        .isNotEmpty()
        .allSatisfy(
            job ->
                job.stream()
                    .filter(setting -> values.containsKey(setting.key()))
                    .forEach(
                        setting ->
                            assertThat(setting.reader().apply(values.get(setting.key())))
                                .as(setting.key())
                                .isNotNull()));
  }

  @Test
  void haveTheCallsOfTheCardsOfModelsThatGenerate() {
    assertThat(read(FOLDER.resolve("Llama-3.3-Nemotron-70B-Edit.conf")))
        .isEqualTo(Map.of("generation.max-new-tokens", "4096"));
    assertThat(read(FOLDER.resolve("Llama-3.3-Nemotron-70B-Feedback.conf")))
        .isEqualTo(Map.of("generation.max-new-tokens", "128", "generation.temperature", "0.7"));
    assertThat(read(FOLDER.resolve("Qwen3-Nemotron-32B-RLBFF.conf")))
        .isEqualTo(Map.of("generation.max-new-tokens", "16000"));
    assertThat(read(FOLDER.resolve("NVIDIA-Nemotron-3-Nano-4B-BF16.conf")))
        .isEqualTo(Map.of("generation.temperature", "1.0", "generation.top-p", "0.95"));
  }
}
