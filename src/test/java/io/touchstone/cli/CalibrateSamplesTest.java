package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.jobs.calibrate.CalibrationFile;
import io.touchstone.selection.calibration.LabelRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calibrate on the samples and small files, from the command line to the file; what is expected was
 * made with scikit-learn and numpy.
 */
final class CalibrateSamplesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SAMPLES = Path.of("data-samples");

  @TempDir Path folder;

  private final Program program = Program.installed();

  @Test
  void calibrationsAreThoseOfScikitLearnAndNumpy() throws IOException {
    Path scored = scored();
    JsonNode expected =
        JSON.readTree(SAMPLES.resolve("expected/calibrate-helpsteer.json").toFile());
    for (String kind : List.of("isotonic", "linear", "quantile")) {
      Path file = folder.resolve(kind + ".json");
      assertThat(
              program.run(
                  "calibrate", scored.toString(), "--output", file.toString(), "--kind", kind))
          .isEqualTo(ExitStatus.DONE);
      JsonNode found = JSON.readTree(file.toFile());
      assertThat(found.path("kind").asText()).isEqualTo(kind);
      JsonNode curve = found.path("attributes").path("helpfulness");
      JsonNode wanted = expected.path(kind);
      assertThat(curve.path("knots").size()).isEqualTo(wanted.path("knots").size());
      for (int i = 0; i < wanted.path("knots").size(); i++) {
        for (String side : List.of("score", "label")) {
          assertThat(curve.path("knots").path(i).path(side).asDouble())
              .isCloseTo(wanted.path("knots").path(i).path(side).asDouble(), within(1e-4));
        }
      }
      for (int i = 0; i < wanted.path("edges").size(); i++) {
        assertThat(curve.path("edges").path(i).asDouble())
            .isCloseTo(wanted.path("edges").path(i).asDouble(), within(1e-4));
      }
      if (kind.equals("isotonic")) {
        assertThat(curve.path("fitError").asDouble())
            .isCloseTo(wanted.path("fitError").asDouble(), within(1e-4));
        assertThat(curve.path("heldOut").path("kappa").asDouble()).isBetween(0.8, 1.0);
      }
    }
  }

  private Path scored() {
    Path scored = folder.resolve("scored");
    assertThat(
            program.run(
                "annotate",
                SAMPLES.resolve("helpsteer.jsonl").toString(),
                "--output",
                scored.toString()))
        .isEqualTo(ExitStatus.DONE);
    return scored;
  }

  @Test
  void annotateUsesACalibrationOfItsModelAndRefusesAnother() throws IOException {
    Path file = folder.resolve("calibration.json");
    assertThat(
            program.run(
                "calibrate",
                scored().toString(),
                "--output",
                file.toString(),
                "--kind",
                "quantile"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(annotate("labels", file)).isEqualTo(ExitStatus.DONE);
    int[] counts = new int[5];
    for (String row : Files.readAllLines(folder.resolve("labels/part-00000.jsonl"))) {
      counts[JSON.readTree(row).path("reward").asInt()]++;
    }
    // A fifth of 32 rows each.
    assertThat(counts).containsExactly(7, 6, 6, 6, 7);
    assertThat(
            JSON.readTree(folder.resolve("labels/_run.json").toFile()).path("calibration").asText())
        .startsWith("sha256:");

    String text = Files.readString(file);
    Files.writeString(file, text.replace("\"folds\" : 0", "\"folds\" : 1"));
    assertThat(annotate("labels", file)).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err()).contains("was made by another job: calibration: was sha256:");

    Files.writeString(
        file, text.replaceFirst("\"fingerprint\" : \"[0-9a-f]*\"", "\"fingerprint\" : \"0\""));
    assertThat(annotate("other", file)).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains("expected a calibration for the model with fingerprint ")
        .contains(", found one for 0: scores of one model say nothing about those of another\n");
    assertThat(folder.resolve("other")).doesNotExist();
  }

  private ExitStatus annotate(String output, Path calibration) {
    return program.run(
        "annotate",
        SAMPLES.resolve("helpsteer.jsonl").toString(),
        "--output",
        folder.resolve(output).toString(),
        "--labels",
        "rounded",
        "--calibration",
        calibration.toString());
  }

  @Test
  void calibrateNeedsToKnowTheModelAndSetsBadRowsAside() throws IOException {
    Path rows =
        Files.writeString(
            folder.resolve("rows.jsonl"),
            """
            {"reward": -4.5, "helpfulness": 0}
            {"reward": -2.0, "helpfulness": 1}
            {"reward": 1.0, "helpfulness": 3}
            {"reward": 2.5}
            {"reward": 2.5, "helpfulness": "7"}
            {"reward": 3.0, "helpfulness": 4}
            """);
    Path file = folder.resolve("c.json");
    assertThat(program.run("calibrate", rows.toString(), "--output", file.toString()))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains(
            "expected _run.json of the annotate run that wrote reward beside it, or --model to name"
                + " the model that made the scores, found neither");

    assertThat(
            program.run(
                "calibrate",
                rows.toString(),
                "--output",
                file.toString(),
                "--model",
                "demo",
                "--folds",
                "2"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(JSON.readTree(file.toFile()).path("data").path("rows").asInt()).isEqualTo(4);
    assertThat(folder.resolve("c.json.rejected.jsonl"))
        .content()
        .contains("helpfulness: expected a label from 0 to 4, found no such field")
        .contains("helpfulness: expected a number, found a string");
  }

  @Test
  void labelsOfAnotherScaleAreNeverThrownAwayButBroughtOntoOurs() throws IOException {
    StringBuilder rows = new StringBuilder();
    StringBuilder own = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      int label = i % 5;
      String row = "{\"prompt\": \"p" + i + "\", \"reward\": " + (label + i / 40.0);
      rows.append(row).append(", \"rating\": ").append(label + 1).append("}\n");
      own.append(row).append(", \"rating\": ").append(label).append("}\n");
    }
    String input = Files.writeString(folder.resolve("rows.jsonl"), rows).toString();
    String file = folder.resolve("c.json").toString();
    assertThat(calibrate(input, file, "--label", "rating")).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            "touchstone calibrate: 1 problem:\n  --label-range: expected labels from 0 to 4, found 4 others; all are"
                + " from 1 to 5: if that is their whole scale, --label-range 1..5 brings it onto that"
                + " from 0 to 4\n");
    assertThat(folder.resolve("c.json")).doesNotExist();

    assertThat(calibrate(input, file, "--label", "rating", "--label-range", "1..5"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(program.out()).contains("  labels    1 to 5, as 0 to 4\n");
    JsonNode found = JSON.readTree(folder.resolve("c.json").toFile());
    assertThat(found.path("data").path("labelRange").toString()).isEqualTo("[1.0,5.0]");
    String direct = folder.resolve("direct.json").toString();
    assertThat(
            calibrate(
                Files.writeString(folder.resolve("own.jsonl"), own).toString(),
                direct,
                "--label",
                "rating"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(found.path("attributes"))
        .isEqualTo(JSON.readTree(folder.resolve("direct.json").toFile()).path("attributes"));

    assertThat(calibrate(input, file, "--label", "rating", "--label-range", "5..1"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            "touchstone calibrate: 1 problem:\n  --label-range: expected a range of labels that rises, such as 1..5,"
                + " found 5..1\n");
    assertThat(calibrate(input, file, "--label", "rating", "--label-range", "2..5"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains("expected labels from 2 to 5, found 4 others; all are from 1 to 5");
  }

  @Test
  void theRangeOfACalibrationIsReadBack() throws IOException {
    Path file = folder.resolve("calibration.json");
    assertThat(program.run("calibrate", scored().toString(), "--output", file.toString()))
        .isEqualTo(ExitStatus.DONE);
    String text = Files.readString(file);
    assertThat(CalibrationFile.read(file.toString(), new Configuration()).labels())
        .isEqualTo(new LabelRange(0, 4));

    Files.writeString(file, text.replaceFirst("\"labelRange\" : \\[[^]]*\\],", ""));
    assertThat(CalibrationFile.read(file.toString(), new Configuration()).labels())
        .isEqualTo(LabelRange.OWN);

    Files.writeString(
        file, text.replaceFirst("\"labelRange\" : \\[[^]]*\\]", "\"labelRange\" : [4.0, 1.0]"));
    assertThat(annotate("labels", file)).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            "touchstone annotate: 1 problem:\n  --calibration: ["
                + file
                + "] data.labelRange: expected a range of labels that rises, such as 1..5, found"
                + " 4..1\n");
  }

  @Test
  void foldsHoldWholePromptsWhereverTheirRowsSayThem() throws IOException {
    String row =
        "{\"messages\": [{\"role\": \"user\", \"content\": \"%d\"}, {\"role\": \"assistant\","
            + " \"content\": \"%d\"}], \"reward\": %s, \"helpfulness\": %d}\n";
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      rows.append(row.formatted(i % 6, i, i % 6 + i / 100.0, i % 5));
    }
    String input = Files.writeString(folder.resolve("rows.jsonl"), rows).toString();
    String other =
        Files.writeString(
                folder.resolve("other.jsonl"),
                "{\"reward\": 1, \"helpfulness\": 1}\n".repeat(2)
                    + "{\"prompt\": \"p\", \"reward\": 1, \"helpfulness\": 1}\n".repeat(3))
            .toString();
    String file = folder.resolve("c.json").toString();
    assertThat(calibrate(input, file)).isEqualTo(ExitStatus.DONE);
    assertThat(program.out()).contains("  folds     5, of 6 prompts\n");
    assertThat(calibrate(other, file, "--folds", "3")).isEqualTo(ExitStatus.DONE);
    assertThat(program.out())
        .contains(
            "  folds     3, of 3 prompts; of 2 rows no prompt is known, and each counts as one of its own\n")
        .contains("held out        kappa undefined, Spearman undefined, mean absolute error 0.000");
    assertThat(calibrate(input, file, "--folds", "7")).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains("helpfulness: folds: expected 2 to 6 for as many prompts, found 7");
  }

  @Test
  void quantilesOfEqualScoresWarnAndOneRowIsRefused() throws IOException {
    String row = "{\"prompt\": \"p\", \"reward\": %s}\n";
    String input =
        Files.writeString(
                folder.resolve("rows.jsonl"), row.formatted(2).repeat(9) + row.formatted(3))
            .toString();
    String file = folder.resolve("c.json").toString();
    assertThat(calibrate(input, file, "--kind", "quantile")).isEqualTo(ExitStatus.DONE);
    assertThat(program.out())
        .contains(
            "    Note: many scores are equal. The edges between labels fall together (2.000, 2.000,"
                + " 2.000, 2.000), so that some labels are given to no score: quantiles cannot part"
                + " equal scores.\n");
    String one = Files.writeString(folder.resolve("one.jsonl"), row.formatted(2)).toString();
    assertThat(calibrate(one, file, "--kind", "quantile")).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            "touchstone calibrate: 1 problem:\n  helpfulness: expected at least two rows to make a"
                + " curve from, found 1\n");
  }

  @Test
  void calibrateRefusesMisspeltNamesBeforeItReadsAllRows() throws IOException {
    String rows =
        Files.writeString(folder.resolve("rows.jsonl"), "{\"reward\": 2.5, \"helpfulness\": 3}\n")
            .toString();
    String file = folder.resolve("c.json").toString();
    assertThat(calibrate(rows, file, "--score", "rewrd")).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains(
            "--score: expected the name of a score, found rewrd, which is none in the first row"
                + " (reward?)");
    assertThat(calibrate(rows, file, "--label", "helpfulnes")).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains(
            "--label: expected the name of a number, found helpfulnes, which is none in the first row"
                + " (helpfulness?)");
    assertThat(folder.resolve("c.json")).doesNotExist();
  }

  private ExitStatus calibrate(String rows, String file, String... flags) {
    List<String> call =
        new ArrayList<>(List.of("calibrate", rows, "--output", file, "--model", "demo"));
    call.addAll(List.of(flags));
    return program.run(call);
  }

  @Test
  void filesThatAreNotReadAreNamed() throws IOException {
    Path labelled = Files.createDirectories(folder.resolve("labelled"));
    Files.writeString(
        labelled.resolve("rows.ndjson"),
        """
        {"reward": -4.5, "helpfulness": 0}
        {"reward": -2.0, "helpfulness": 1}
        {"reward": 1.0, "helpfulness": 3}
        {"reward": 3.0, "helpfulness": 4}
        """);
    Files.writeString(labelled.resolve("state.json"), "{\n}\n");
    assertThat(
            program.run(
                "calibrate",
                labelled.toString(),
                "--output",
                folder.resolve("c.json").toString(),
                "--model",
                "demo",
                "--folds",
                "2"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(program.out()).contains("\n  skipped   1 file: state.json (one JSON object)\n");
  }
}
