package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.cli.call.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where annotate writes its scores, and what other jobs make of them. */
final class AnnotateFieldsTest {

  private static final String SAMPLE = Path.of("data-samples/helpsteer.jsonl").toString();

  @TempDir Path folder;

  private final Program program = Program.installed();

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private List<JsonNode> rows(String name) throws IOException {
    return JsonLines.of(folder.resolve(name).resolve("part-00000.jsonl"));
  }

  @Test
  void aScalarIsThatOfFilterAndChoosesRows() throws IOException {
    String formula = "2*helpfulness - 0.1";
    assertThat(
            program.run(
                "annotate", SAMPLE, "--output", at("a"), "--field", "demo", "--scalar", formula))
        .isEqualTo(ExitStatus.DONE);
    List<JsonNode> rows = rows("a");
    assertThat(rows).hasSize(32);
    for (JsonNode row : rows) {
      assertThat(row.has("reward")).isFalse();
      assertThat(row.get("scalar").asDouble()).isEqualTo(2 * row.get("demo").asDouble() - 0.1);
    }
    assertThat(
            program.run(
                "filter",
                at("a"),
                "--kept",
                at("k"),
                "--dropped",
                at("d"),
                "--where",
                "scalar >= 4 and demo < 3"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(rows("k"))
        .isEqualTo(
            rows.stream()
                .filter(r -> r.get("scalar").asDouble() >= 4 && r.get("demo").asDouble() < 3)
                .toList())
        .isNotEmpty();
    assertThat(
            program.run(
                "filter",
                at("a"),
                "--kept",
                at("k2"),
                "--dropped",
                at("d2"),
                "--scalar",
                "2*demo - 0.1"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(rows("k2")).isEqualTo(rows);
    assertThat(program.err()).isEmpty();
  }

  @Test
  void selectTakesTheBestCandidateByAScalar() throws IOException {
    String candidates = Path.of("data-samples/candidates.jsonl").toString();
    assertThat(
            program.run(
                "annotate", candidates, "--output", at("a"), "--scalar", "worst=-helpfulness"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(program.run("select", at("a"), "--output", at("best"), "--by", "worst"))
        .isEqualTo(ExitStatus.DONE);
    List<JsonNode> rows = rows("a");
    List<JsonNode> best = rows("best");
    assertThat(best).hasSameSizeAs(rows).isNotEmpty();
    for (int i = 0; i < rows.size(); i++) {
      double lowest = Double.POSITIVE_INFINITY;
      for (JsonNode reward : rows.get(i).get("rewards")) {
        lowest = Math.min(lowest, reward.asDouble());
      }
      assertThat(best.get(i).get("reward").asDouble()).isEqualTo(-lowest);
    }
    assertThat(program.err()).isEmpty();
  }

  @Test
  void namesThatCannotBeAreRefusedBeforeAnythingIsScored() {
    refuses(
        """
        touchstone annotate: 2 problems:
          --scalar: expected an attribute of the model (helpfulness), found helpfulnes (helpfulness?)
          --scalar: expected an attribute of the model (helpfulness), found verbosity
        """,
        "--scalar",
        "worth = helpfulnes - 0.5*verbosity");
    refuses(
        """
        touchstone annotate: 1 problem:
          --field: expected a name that leaves the fields of helpsteer2 rows as they are, found response, which would overwrite response
        """,
        "--field",
        "response");
    refuses(
        """
        touchstone annotate: 1 problem:
          --scalar: expected a name that leaves the fields of helpsteer2 rows as they are, found x, which would overwrite x
        """,
        "--field",
        "x",
        "--scalar",
        "x=helpfulness");
    refuses(
        """
        touchstone annotate: 1 problem:
          --field: expected a name of at most 100 letters, digits, '_', '.' and '-' that begins with a letter or '_', found 'a b'
        """,
        "--field",
        "a b");
    assertThat(folder.resolve("a")).doesNotExist();
  }

  private void refuses(String problems, String... flags) {
    List<String> call = new ArrayList<>(List.of("annotate", SAMPLE, "--output", at("a")));
    call.addAll(List.of(flags));
    assertThat(program.run(call)).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err()).isEqualTo(problems);
  }

  @Test
  void aFolderBegunWithAnotherScalarIsRefused() {
    assertThat(program.run("annotate", SAMPLE, "--output", at("a"), "--scalar", "helpfulness"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(program.run("annotate", SAMPLE, "--output", at("a"), "--scalar", "s=helpfulness/2"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            "touchstone annotate: 1 problem:\n  [file:"
                + at("a")
                + "] was made by another job: scalar: was scalar = helpfulness, is s ="
                + " helpfulness/2\nTwo ways on: --restart throws that result away and begins anew;"
                + " or another --output, which leaves it as it is.\n");
  }

  @Test
  void calibrateTakesRunJsonOnlyForTheScoresThatThisRunWrote() {
    assertThat(program.run("annotate", SAMPLE, "--output", at("a"), "--field", "first"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(program.run("annotate", at("a"), "--output", at("b"), "--field", "second"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(program.run("calibrate", at("b"), "--output", at("c.json"), "--score", "second"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(program.run("calibrate", at("b"), "--output", at("d.json"), "--score", "first"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains("expected _run.json of the annotate run that wrote first beside it, or --model");
  }

  @Test
  void filterTellsAMisspeltNameBeforeItBegins() throws IOException {
    Files.writeString(folder.resolve("in.jsonl"), "{\"reward\": 1, \"verbosity\": 2}\n");
    assertThat(
            program.run(
                "filter",
                at("in.jsonl"),
                "--kept",
                at("k"),
                "--dropped",
                at("d"),
                "--where",
                "verbsity < 3"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            """
            touchstone filter: 1 problem:
              --where: expected the name of a number, found verbsity, which is none in the first row (verbosity?)
            """);
    assertThat(folder.resolve("k")).doesNotExist();
  }
}
