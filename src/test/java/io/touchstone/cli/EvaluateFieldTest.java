package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.call.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Benchmarks whose scores {@code annotate --field} has named. */
final class EvaluateFieldTest {
  private static final Path SAMPLES = Path.of("data-samples");

  @TempDir Path folder;

  private final Program program = Program.installed();

  @BeforeEach
  void scorePairsUnderTwoNames() throws IOException {
    String pairs =
        """
        {"question": "What do owls eat?", "response_A": "Mice, because they hunt at night.", \
        "response_B": "Stones.", "source": "mmlu-pro-law", "label": "A>B"}
        {"question": "Why is the sky blue?", "response_A": "", \
        "response_B": "Because air scatters blue light.", "source": "livebench-math", "label": "B>A"}
        """;
    Path questions = Files.writeString(folder.resolve("questions.jsonl"), pairs);
    done("annotate", questions.toString(), "--output", at("one"), "--field", "demo", "--quiet");
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private void done(String... args) {
    assertThat(program.run(args)).as(program.err()).isEqualTo(ExitStatus.DONE);
  }

  private String figures(String name) throws IOException {
    return Files.readString(folder.resolve(name).resolve("evaluation.md"));
  }

  @Test
  void namedScoresGiveTheTableOfTheSameScoresUnderTheirUsualNames() throws IOException {
    done(
        "annotate",
        at("questions.jsonl"),
        "--output",
        at("usual"),
        "--output-format",
        "parquet",
        "--quiet");
    done("evaluate", at("usual"), "--output", at("a"), "--benchmark", "judgebench");
    done(
        "evaluate", at("one"), "--output", at("b"), "--benchmark", "judgebench", "--field", "demo");
    assertThat(figures("b")).isEqualTo(figures("a")).contains("overall");
    assertThat(Files.readString(folder.resolve("b/trials.jsonl")))
        .isEqualTo(Files.readString(folder.resolve("a/trials.jsonl")));
  }

  @Test
  void listsAndScalarsAreNamedLikewise() throws IOException {
    String chat = SAMPLES.resolve("rm-bench-chat.json").toString();
    done(
        "annotate",
        chat,
        "--output",
        at("lists"),
        "--field",
        "demo",
        "--scalar",
        "half=0.5*helpfulness",
        "--quiet");
    done("evaluate", chat, "--output", at("a"), "--benchmark", "rm-bench", "--model", "demo");
    for (String field : List.of("demo", "half")) {
      done(
          "evaluate",
          at("lists"),
          "--output",
          at(field),
          "--benchmark",
          "rm-bench",
          "--domain",
          "chat",
          "--field",
          field);
      assertThat(figures(field)).isEqualTo(figures("a"));
    }
  }

  @Test
  void aNameThatNoRowHasIsToldBeforeAnythingIsWritten() {
    assertThat(
            program.run(
                "evaluate",
                at("one"),
                "--output",
                at("out"),
                "--benchmark",
                "judgebench",
                "--field",
                "dema"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains(
            "--field: expected the word by which fields of scores are named, found dema, which is"
                + " none in the first 2 rows (demo?)\n");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aModelNamesItsScoresSoBesideThoseOfTheRows() throws IOException {
    done(
        "evaluate",
        at("one"),
        "--output",
        at("out"),
        "--benchmark",
        "judgebench",
        "--field",
        "new",
        "--model",
        "demo");
    assertThat(Files.readString(folder.resolve("out/_scored/part-00000.jsonl")))
        .contains("\"demo_A\": ", "\"new_A\": ");
    assertThat(
            program.run(
                "evaluate",
                at("one"),
                "--output",
                at("out"),
                "--benchmark",
                "judgebench",
                "--field",
                "other",
                "--model",
                "demo"))
        .isEqualTo(ExitStatus.WRONG_CALL);
  }
}
