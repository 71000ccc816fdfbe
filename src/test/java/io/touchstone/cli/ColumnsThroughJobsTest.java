package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.cli.call.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code annotate --output-format parquet} leaves is as good an input as lines are. */
final class ColumnsThroughJobsTest {
  private static final Path SAMPLES = Path.of("data-samples");

  @TempDir Path folder;

  private final Program program = Program.installed();

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private void done(String... args) {
    assertThat(program.run(args)).as(program.err()).isEqualTo(ExitStatus.DONE);
  }

  private void annotated(String sample, String output) {
    String input = SAMPLES.resolve(sample).toString();
    String[] scalar = {"--scalar", "doubled=2*helpfulness"};
    done("annotate", input, "--output", at(output), scalar[0], scalar[1], "--quiet");
    done(
        "annotate",
        input,
        "--output",
        at(output + "-columns"),
        "--output-format",
        "parquet",
        scalar[0],
        scalar[1],
        "--quiet");
  }

  @Test
  void theBestCandidatesAreTheSame() throws IOException {
    annotated("candidates.jsonl", "scored");
    for (String from : List.of("scored", "scored-columns")) {
      done("select", at(from), "--output", at(from + "-best"), "--by", "doubled", "--quiet");
    }
    ObjectMapper json = new ObjectMapper();
    var lines = Files.readAllLines(folder.resolve("scored-best/part-00000.jsonl"));
    var columns = Files.readAllLines(folder.resolve("scored-columns-best/part-00000.jsonl"));
    assertThat(columns).hasSameSizeAs(lines);
    for (int i = 0; i < lines.size(); i++) {
      JsonNode line = json.readTree(lines.get(i));
      JsonNode column = json.readTree(columns.get(i));
      for (String field : List.of("input", "output", "reward")) {
        assertThat(column.get(field)).as(field).isEqualTo(line.get(field));
      }
    }
  }

  @Test
  void rowsAreKeptAndReportedOnAlike() throws IOException {
    annotated("helpsteer.jsonl", "scored");
    ObjectMapper json = new ObjectMapper();
    JsonNode[] reports = new JsonNode[2];
    String[] kept = new String[2];
    for (int i = 0; i < 2; i++) {
      String from = i == 0 ? "scored" : "scored-columns";
      done(
          "filter",
          at(from),
          "--kept",
          at(from + "-kept"),
          "--dropped",
          at(from + "-dropped"),
          "--where",
          "doubled >= 2",
          "--dedup",
          "--top",
          "5",
          "--rank");
      kept[i] = program.out().lines().filter(line -> line.contains("  dropped ")).findFirst().get();
      done("report", at(from));
      reports[i] =
          json.readTree(folder.resolve(from).resolve("_report.json").toFile()).path("columns");
    }
    assertThat(kept[1].replace("-columns", "")).isEqualTo(kept[0]);
    for (String column : List.of("helpfulness", "doubled")) {
      for (String figure : List.of("scores", "histogram", "length")) {
        assertThat(reports[1].at("/" + column + "/" + figure))
            .isEqualTo(reports[0].path(column).path(figure));
        assertThat(reports[0].path(column).path(figure)).isNotEmpty();
      }
    }
    assertThat(reports[0].path("doubled").path("scores").path("mean").asDouble())
        .isEqualTo(2 * reports[0].path("helpfulness").path("scores").path("mean").asDouble());
  }
}
