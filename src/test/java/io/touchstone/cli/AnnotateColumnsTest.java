package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.cli.call.ExitStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores written as columns, and what other jobs read from them. */
final class AnnotateColumnsTest {

  private static final String SAMPLE = Path.of("data-samples/candidates.jsonl").toString();

  @TempDir Path folder;

  private final Program program = Program.installed();

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private List<JsonNode> rows(String name) throws IOException {
    return JsonLines.of(folder.resolve(name).resolve("part-00000.jsonl"));
  }

  @Test
  void selectAndFilterReadColumnsAsTheyReadLines() throws IOException {
    assertThat(program.run("annotate", SAMPLE, "--output", at("lines"))).isEqualTo(ExitStatus.DONE);
    assertThat(
            program.run(
                "annotate",
                SAMPLE,
                "--output",
                at("columns"),
                "--output-format",
                "parquet",
                "--field",
                "demo",
                "--scalar",
                "0.5*helpfulness"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(folder.resolve("columns/part-00000.parquet")).isNotEmptyFile();

    assertThat(program.run("select", at("lines"), "--output", at("best-of-lines")))
        .isEqualTo(ExitStatus.DONE);
    List<JsonNode> ofLines = rows("best-of-lines");
    for (String by : List.of("demo", "scalar")) {
      assertThat(program.run("select", at("columns"), "--output", at("by-" + by), "--by", by))
          .isEqualTo(ExitStatus.DONE);
      List<JsonNode> ofColumns = rows("by-" + by);
      assertThat(ofColumns).hasSameSizeAs(ofLines).isNotEmpty();
      for (int i = 0; i < ofLines.size(); i++) {
        assertThat(ofColumns.get(i).get("output")).isEqualTo(ofLines.get(i).get("output"));
      }
    }
  }

  @Test
  void compressedColumnsAreRefused() {
    assertThat(
            program.run(
                "annotate",
                SAMPLE,
                "--output",
                at("out"),
                "--output-format",
                "parquet",
                "--compress",
                "zst"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains(
            "--compress: expected none beside --output-format parquet, whose columns are compressed"
                + " in any case, found zst");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
