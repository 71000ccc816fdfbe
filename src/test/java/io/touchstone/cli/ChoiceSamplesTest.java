package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

/**
 * The samples of select and filter, each through its command, against what was worked out by hand.
 */
final class ChoiceSamplesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SAMPLES = Path.of("data-samples");
  private static final String SCORED = SAMPLES.resolve("scored-candidates.jsonl").toString();

  @TempDir Path folder;

  private final Program program = Program.installed();

  private static String part(Path folder) throws IOException {
    return Files.readString(folder.resolve("part-00000.jsonl"));
  }

  private static String expected(String name) throws IOException {
    return Files.readString(SAMPLES.resolve("expected").resolve(name + ".jsonl"));
  }

  @Test
  void fromScoredCandidatesToAFilteredSet() throws IOException {
    Path best = folder.resolve("best");
    assertThat(
            program.run(
                "select",
                SCORED,
                "--output",
                best.toString(),
                "--scalar",
                "helpfulness-0.5*verbosity"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(part(best)).isEqualTo(expected("select-best"));
    assertThat(program.out())
        .startsWith("Selected 4 lines from 4 rows; the result lies in " + best + "\n")
        .contains("  rows      6 in, 2 rejected, 0 blank\n")
        .contains("  rejected  1 missing-field, 1 wrong-length; lines and reasons in " + best)
        .contains("  from      4 rows, in 1 of them the first of equal scores was taken\n");
    List<JsonNode> rejected = JsonLines.of(best.resolve("_rejected/part-00000.jsonl"));
    List<JsonNode> wanted = JsonLines.of(SAMPLES.resolve("expected/select-rejected.jsonl"));
    assertThat(rejected).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.size(); i++) {
      for (String field : List.of("offset", "kind", "reason")) {
        assertThat(rejected.get(i).get(field)).isEqualTo(wanted.get(i).get(field));
      }
    }

    Path kept = folder.resolve("kept");
    Path dropped = folder.resolve("dropped");
    assertThat(
            program.run(
                "filter",
                best.toString(),
                "--kept",
                kept.toString(),
                "--dropped",
                dropped.toString(),
                "--where",
                "helpfulness >= 2 and verbosity < 2",
                "--by",
                "scalar",
                "--top",
                "1",
                "--rank"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(part(kept)).isEqualTo(expected("filter-kept"));
    assertThat(part(dropped)).isEqualTo(expected("filter-dropped"));
    assertThat(program.out())
        .startsWith("Kept 1 of 4 rows; they lie in " + kept + "\n")
        .contains("  dropped   3: 2 not-top, 1 not-where; they lie in " + dropped + "\n")
        .contains("  ties      1 dropped rows have the score of the last that was kept\n");
    assertThat(program.err()).isEmpty();
  }

  @Test
  void rowsWithoutAValueAreKeptByIsNullAndASlipInItsNameIsTold() throws IOException {
    Path rows =
        Files.write(
            folder.resolve("rows.jsonl"),
            List.of(
                "{\"id\": 1, \"error\": null}",
                "{\"id\": 2, \"error\": \"late\"}",
                "{\"id\": 3}",
                "{\"id\": 4, \"error\": {}}"));
    List<String> call =
        List.of("filter", rows.toString(), "--kept", folder + "/k", "--dropped", folder + "/d");
    List<String> slip = new ArrayList<>(call);
    slip.addAll(List.of("--where", "eror is null"));
    assertThat(program.run(slip)).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            "touchstone filter: 1 problem:\n  --where: expected the name of a field, found eror,"
                + " which is none in the first 4 rows (error?)\n");
    List<String> meant = new ArrayList<>(call);
    meant.addAll(List.of("--where", "error is null"));
    assertThat(program.run(meant)).isEqualTo(ExitStatus.DONE);
    assertThat(part(folder.resolve("k"))).isEqualTo("{\"id\": 1, \"error\": null}\n{\"id\": 3}\n");
    assertThat(part(folder.resolve("d")))
        .isEqualTo("{\"id\": 2, \"error\": \"late\"}\n{\"id\": 4, \"error\": {}}\n");
  }

  @Test
  void preferencePairsForTrainers() throws IOException {
    Path pairs = folder.resolve("pairs");
    assertThat(
            program.run(
                "select",
                SCORED,
                "--output",
                pairs.toString(),
                "--pairs=all",
                "--by",
                "helpfulness",
                "--margin",
                "1",
                "--max-rejected",
                "1"))
        .isEqualTo(ExitStatus.TOO_MANY_REJECTED);
    assertThat(part(pairs)).isEqualTo(expected("select-pairs"));
    assertThat(program.out()).contains("  from      2 rows, 2 without a pair\n");
    assertThat(program.err())
        .isEqualTo(
            "touchstone select: 2 of 6 lines rejected, more than --max-rejected 1 allows; lines and"
                + " reasons in "
                + pairs
                + "/_rejected\n");
  }

  @Test
  void candidatesThatTheModelScoresOnTheWay() throws IOException {
    Path best = folder.resolve("best");
    assertThat(
            program.run(
                "select",
                SAMPLES.resolve("candidates.jsonl").toString(),
                "--output",
                best.toString(),
                "--model",
                "demo"))
        .isEqualTo(ExitStatus.DONE);
    List<JsonNode> scores = JsonLines.of(SAMPLES.resolve("expected/candidates.jsonl"));
    List<JsonNode> rows = JsonLines.of(SAMPLES.resolve("candidates.jsonl"));
    List<JsonNode> selected = JsonLines.of(best.resolve("part-00000.jsonl"));
    assertThat(selected).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      JsonNode of = scores.get(i).get("scores");
      int highest = 0;
      for (int c = 1; c < of.size(); c++) {
        highest = of.get(c).asDouble() > of.get(highest).asDouble() ? c : highest;
      }
      assertThat(selected.get(i).get("output"))
          .isEqualTo(rows.get(i).get("responses").get(highest));
      assertThat(Math.abs(selected.get(i).get("reward").asDouble() - of.get(highest).asDouble()))
          .isLessThanOrEqualTo(1e-4);
    }
    assertThat(program.out()).contains("  scored    5 rows in ");
    assertThat(program.err()).isEmpty();
  }

  @Test
  void foldersOfAnotherFilterAreRefusedWithTheTwoWaysOn() throws IOException {
    Path rows = Files.writeString(folder.resolve("rows.jsonl"), "{\"reward\": 1.5}\n");
    List<String> call =
        new ArrayList<>(
            List.of(
                "filter", rows.toString(), "--kept", folder + "/k", "--dropped", folder + "/d"));
    call.addAll(List.of("--min", "1"));
    assertThat(program.run(call)).as(program.err()).isEqualTo(ExitStatus.DONE);
    call.set(call.size() - 1, "2");
    assertThat(program.run(call)).isEqualTo(ExitStatus.WRONG_CALL);
    String differs = "] was made by another job: configuration.choice.min: was 1, is 2\n";
    assertThat(program.err())
        .isEqualTo(
            "touchstone filter: 2 problems:\n  [file:"
                + folder
                + "/k"
                + differs
                + "  [file:"
                + folder
                + "/d"
                + differs
                + "Two ways on: delete that result, and the same command begins anew; or another"
                + " --kept and --dropped, which leaves it as it is.\n");
  }
}
