package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.cli.call.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From samples to a report's figures; what is expected was made with numpy and scipy. */
final class ReportSamplesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SAMPLES = Path.of("data-samples");

  @TempDir Path folder;

  private final Program program = Program.installed();

  @Test
  void figuresAreThoseOfNumpyAndScipy() throws IOException {
    JsonNode expected = JSON.readTree(SAMPLES.resolve("expected/report.json").toFile());
    Path today = annotated("today", expected.path("today"));
    Path yesterday = annotated("yesterday", expected.path("yesterday"));

    assertThat(
            program.run(
                "report",
                today.toString(),
                "--against",
                yesterday.toString(),
                "--max-drift",
                "0.25"))
        .isEqualTo(ExitStatus.DONE);

    JsonNode found =
        JSON.readTree(today.resolve("_report.json").toFile()).path("columns").path("helpfulness");
    close(found.path("scores"), expected.path("scores"));
    close(found.path("drift").path("older"), expected.path("older"));
    close(found.path("length"), expected.path("length"));
    close(found.path("drift"), expected.path("drift"));
    close(found.path("preference"), expected.path("preference"));
    expected
        .path("bySource")
        .fields()
        .forEachRemaining(
            source ->
                found
                    .path("bySource")
                    .fields()
                    .forEachRemaining(
                        file -> {
                          if (file.getKey().endsWith("/" + source.getKey())) {
                            close(file.getValue().path("scores"), source.getValue());
                          }
                        }));
    assertThat(found.path("bySource").size()).isEqualTo(expected.path("bySource").size());
    // 0.447, of 44 scores against 21.
    assertThat(found.path("drift").path("verdict").asText()).isEqualTo("chance");
    assertThat(program.err()).isEmpty();
    assertThat(program.out())
        .contains("the page is " + today + "/_report.html")
        .contains("drift   helpfulness differs by no more than chance makes of so few scores: ");
    assertThat(today.resolve("_report.html")).exists();

    Path conf = Files.writeString(folder.resolve("nightly.conf"), "report.max-drift = 0.25\n");
    Path part = today.resolve("part-00000.jsonl");
    Files.writeString(
        part, Files.readString(part).replaceAll("\"reward\": (\\d)", "\"reward\": 9$1"));
    String[] firstNight = {"report", today.toString(), "--conf", conf.toString(), "--quiet"};
    assertThat(program.run(firstNight)).isEqualTo(ExitStatus.DONE);
    assertThat(
            program.run(
                "report",
                today.toString(),
                "--conf",
                conf.toString(),
                "--against",
                yesterday.toString()))
        .isEqualTo(ExitStatus.DRIFTED);
    assertThat(program.err())
        .startsWith("touchstone report: the population stability index of helpfulness is ")
        .endsWith(" that --max-drift 0.25 allows; see " + today + "/_report.html\n");
    assertThat(
            program.run(
                "annotate",
                SAMPLES.resolve("helpsteer.jsonl").toString(),
                "--output",
                today.toString(),
                "--restart",
                "--quiet"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(today.resolve("_report.html")).doesNotExist();
  }

  @Test
  void severalModelsScoresOfTheSameRowsAreSetAgainstEachOtherAndJoined() throws IOException {
    Path first = folder.resolve("first");
    Path both = folder.resolve("both");
    annotate(SAMPLES.resolve("candidates.jsonl"), first, "--field", "one");
    annotate(first, both, "--field", "two", "--precision", "bf16-emulated");

    assertThat(program.run("report", both.toString())).isEqualTo(ExitStatus.DONE);

    JsonNode report = JSON.readTree(both.resolve("_report.json").toFile());
    assertThat(report.path("columns").fieldNames()).toIterable().containsExactly("one", "two");
    JsonNode pair = report.path("agreement").get(0);
    assertThat(pair.path("spearman").asDouble()).isBetween(0.9, 1.0);
    assertThat(pair.path("sameOrder").asDouble()).isBetween(0.8, 1.0);
    assertThat(pair.path("pairs").asLong()).isGreaterThan(10);
    assertThat(both.resolve("_report.html")).content().contains("<h2>Agreement</h2>");

    Path best = folder.resolve("best");
    assertThat(
            program.run(
                "select",
                both.toString(),
                "--output",
                best.toString(),
                "--by",
                "mean-rank(one,two)"))
        .isEqualTo(ExitStatus.DONE);
    List<String> rows = Files.readAllLines(best.resolve("part-00000.jsonl"));
    assertThat(rows).hasSize(5);
    for (String row : rows) {
      JsonNode chosen = JSON.readTree(row);
      // The best of all by both has the place of their number.
      assertThat(chosen.path("reward").asDouble())
          .isBetween(chosen.path("one").size() - 1.0, (double) chosen.path("one").size());
    }
  }

  private void annotate(Path input, Path output, String... flags) {
    List<String> call =
        new ArrayList<>(List.of("annotate", input.toString(), "--output", output.toString()));
    call.addAll(List.of(flags));
    assertThat(program.run(call)).isEqualTo(ExitStatus.DONE);
  }

  private static void close(JsonNode found, JsonNode expected) {
    expected
        .fields()
        .forEachRemaining(
            field -> {
              if (field.getValue().isObject()) {
                close(found.path(field.getKey()), field.getValue());
              } else {
                assertThat(found.path(field.getKey()).isNumber()).as(field.getKey()).isTrue();
                assertThat(found.path(field.getKey()).asDouble())
                    .as(field.getKey())
                    .isCloseTo(field.getValue().asDouble(), within(1e-4));
              }
            });
  }

  private Path annotated(String name, JsonNode samples) {
    Path output = folder.resolve(name);
    List<String> call = new ArrayList<>(List.of("annotate"));
    samples.forEach(sample -> call.add(SAMPLES.resolve(sample.asText()).toString()));
    call.addAll(List.of("--output", output.toString(), "--quiet"));
    assertThat(program.run(call)).isEqualTo(ExitStatus.DONE);
    return output;
  }
}
