package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.call.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that could use no line has not done what it was started for. */
final class AllRejectedTest {

  @TempDir Path folder;

  private final Program program = Program.installed();

  private Path file(String name, String... lines) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }

  @Test
  void annotateSaysTheMostFrequentReasonFirstAndSoDoesASecondStart() throws IOException {
    Path input =
        file(
            "rows.jsonl",
            "{\"prompt\": \"p\", \"response\": 1}",
            "{}",
            "{}",
            "",
            "{\"prompt\": 1}");
    Path output = folder.resolve("out");
    String[] call = {
      "annotate", input.toString(), "--output", output.toString(), "--format", "helpsteer2"
    };
    String why =
        "All 4 lines were rejected; the most frequent reason (2 of 4): missing-field: prompt:"
            + " expected a string or a list of messages, found no such field";
    for (String scored : new String[] {"Scored", "An earlier run had scored"}) {
      assertThat(program.run(call)).isEqualTo(ExitStatus.TOO_MANY_REJECTED);
      assertThat(program.out())
          .startsWith(
              why + "\n\n" + scored + " 0 of 4 rows; the result lies in " + output + "\n\n");
      assertThat(program.err())
          .isEqualTo(
              "touchstone annotate: " + why + "; lines and reasons in " + output + "/_rejected\n");
      assertThat(output.resolve("_SUCCESS")).exists();
    }
  }

  @Test
  void anEmptyInputIsNoFailure() throws IOException {
    Path input = file("rows.jsonl", "", "  ");
    assertThat(
            program.run("annotate", input.toString(), "--output", folder.resolve("out").toString()))
        .isEqualTo(ExitStatus.DONE);
    assertThat(program.err()).isEmpty();
  }

  @Test
  void selectAndFilterLikewiseButNotWhereRowsWereDropped() throws IOException {
    Path candidates =
        file(
            "candidates.jsonl", "{\"prompt\": \"p\", \"responses\": [\"a\"], \"rewards\": [null]}");
    Path best = folder.resolve("best");
    assertThat(program.run("select", candidates.toString(), "--output", best.toString()))
        .isEqualTo(ExitStatus.TOO_MANY_REJECTED);
    assertThat(program.err())
        .isEqualTo(
            "touchstone select: The only line was rejected:"
                + " nothing-to-score: responses: expected a score for at least one response, found"
                + " none; lines and reasons in "
                + best
                + "/_rejected\n");

    Path rows = file("rows.jsonl", "{\"reward\": null}", "{\"reward\": null}");
    assertThat(filter(rows, "nothing")).isEqualTo(ExitStatus.TOO_MANY_REJECTED);
    assertThat(program.out())
        .startsWith(
            "All 2 lines were rejected; the most frequent reason (2 of 2): wrong-type: reward:"
                + " expected a number, found null\n\nKept 0 of 2 rows;");
    assertThat(filter(file("low.jsonl", "{\"reward\": 1}"), "low")).isEqualTo(ExitStatus.DONE);
  }

  private ExitStatus filter(Path rows, String name) {
    return program.run(
        "filter",
        rows.toString(),
        "--kept",
        folder.resolve(name + "-kept").toString(),
        "--dropped",
        folder.resolve(name + "-dropped").toString(),
        "--min",
        "2");
  }

  @Test
  void whereAModelCouldScoreNothingTheJobBehindItSaysSo() throws IOException {
    Path rows = file("rows.jsonl", "{\"prompt\": \"p\", \"responses\": []}");
    Path output = folder.resolve("best");
    assertThat(
            program.run(
                "select", rows.toString(), "--output", output.toString(), "--model", "demo"))
        .isEqualTo(ExitStatus.TOO_MANY_REJECTED);
    assertThat(program.out()).startsWith("The only line was rejected: nothing-to-score: ");
    assertThat(program.err())
        .endsWith(
            "; lines and reasons in "
                + output
                + "/_scored/_rejected and "
                + output
                + "/_rejected\n");
  }
}
