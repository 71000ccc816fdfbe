package io.touchstone.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.Program;
import io.touchstone.cli.call.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user of select and filter meets before Spark starts. */
final class ChoiceSettingsTest {

  @TempDir Path folder;

  private final Program program = Program.installed();

  @Test
  void everyProblemOfASelectCallIsReportedAtOnce() {
    assertThat(
            program.run(
                "select",
                "in",
                "--output",
                "o",
                "--pairs=worst",
                "--margin",
                "-1",
                "--top",
                "0",
                "--by",
                "mean-rank(a)",
                "--scalar",
                "0.65*helpfulness+",
                "--pairs-per-prompt",
                "x"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err().lines().skip(1))
        .containsExactlyInAnyOrder(
            "  --pairs: expected best-worst or best-each or all, found 'worst'",
            "  --margin: expected a number from 0, found '-1'",
            "  --top: expected a whole number from 1, or auto, found '0'",
            "  --by: expected two different fields or more in mean-rank(...), found"
                + " 'mean-rank(a)'",
            "  --scalar: expected a number, a field name or '(' at character 18, found the end",
            "  --pairs-per-prompt: expected a whole number from 1, or all, found 'x'");
  }

  @Test
  void flagsThatContradictEachOtherAreRefused() {
    assertThat(program.run("select", "in", "--output", "o", "--pairs", "--top", "2"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err()).contains("  --top: expected it without --pairs, found both\n");
    assertThat(
            program.run(
                "select", "in", "--output", "o", "--margin", "2", "--pairs-per-prompt", "1"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains("  --margin: expected --pairs beside it, found none\n")
        .contains("  --pairs-per-prompt: expected --pairs beside it, found none\n");
  }

  @Test
  void whatSaysNothingWithoutAnotherFlagIsRefused() {
    assertThat(program.run("select", "in", "--output", "o", "--collect", "a", "--format", "alpaca"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            """
            touchstone select: 2 problems:
              --collect: expected --group-by beside it, found none
              --format: expected --group-by beside it, found none
            """);
    assertThat(
            program.run(
                "select",
                "in",
                "--output",
                "o",
                "--group-by",
                "prompt",
                "--by",
                "a",
                "--field",
                "x",
                "--model",
                "demo"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            """
            touchstone select: 3 problems:
              --model: expected it without --group-by (jobs/annotate scores the rows first), found both
              --by: expected --top or --pairs beside it, which choose among joined candidates, found none
              --field: expected --top or --pairs beside it, which choose among joined candidates, found none
            """);
  }

  @Test
  void everyProblemOfAFilterCallIsReportedAtOnce() {
    assertThat(
            program.run(
                "filter",
                "--kept",
                "k",
                "--min",
                "low",
                "--max",
                "1e999",
                "--top-fraction",
                "1.5",
                "--top",
                "-1",
                "--where",
                "helpfulness => 3",
                "--by",
                "max(a)"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err().lines().skip(1))
        .containsExactlyInAnyOrder(
            "  INPUT: expected a file, folder or glob, found nothing",
            "  --dropped: expected DIR, found nothing",
            "  --min: expected a number, found 'low'",
            "  --max: expected a number, found '1e999'",
            "  --top-fraction: expected a number from 0 to 1, such as 0.2, found '1.5'",
            "  --top: expected a whole number from 0, found '-1'",
            "  --where: expected a number, a field name or '(' at character 14, found '>'",
            "  --by: expected a field's name, found 'max(a)'");
  }

  @Test
  void aFilterThatWouldFilterNothingIsRefused() {
    assertThat(program.run("filter", "in", "--kept", "k", "--dropped", "d"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains(
            "filter: expected one of --min --max --where --dedup --top --top-fraction --rank"
                + " --scalar, found none");
  }

  @Test
  void aScalarOfAttributesThatTheModelHasNotIsRefusedBeforeAnythingIsScored() throws IOException {
    Path input =
        Files.writeString(
            folder.resolve("in.jsonl"), "{\"prompt\": \"p\", \"responses\": [\"a\"]}\n");
    assertThat(
            program.run(
                "select",
                input.toString(),
                "--output",
                folder.resolve("out").toString(),
                "--model",
                "demo",
                "--scalar",
                "rewards + humor",
                "--by",
                "verbosity"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            """
            touchstone select: 2 problems:
              --scalar: expected a name that the model's rewards have (rewards), found humor
              --by: expected a name that the model's rewards have (rewards, scalar), found verbosity
            """);
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
