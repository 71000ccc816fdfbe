package io.touchstone.cli.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.Program;
import io.touchstone.cli.call.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is weighed before any stage begins, and what is handed to the script. */
final class ImproveCommandTest {
  private static final String NO_MODEL =
      "[nothing] expected a folder with config.json, safetensors and tokenizer.json, found nothing";
  private static final Path SAMPLE = Path.of("data-samples/improve.jsonl");

  @TempDir Path folder;
  private final Program program = Program.installed();
  private Path stages;
  private Path out;

  @BeforeEach
  void makeFolders() throws IOException {
    stages = Files.createDirectory(folder.resolve("stages"));
    out = folder.resolve("out");
  }

  private List<String> call(String... more) {
    List<String> call =
        new ArrayList<>(
            List.of(
                "improve",
                SAMPLE.toString(),
                "--output",
                out.toString(),
                "--stages",
                stages.toString()));
    call.addAll(List.of(more));
    return call;
  }

  private List<String> refused(List<String> call) {
    assertThat(program.run(call)).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(stages).isEmptyDirectory();
    assertThat(out).doesNotExist();
    return program.err().lines().skip(1).map(String::strip).toList();
  }

  private Path conf(String... lines) throws IOException {
    return Files.write(folder.resolve("my.conf"), List.of(lines));
  }

  private List<String> arguments(String stage) throws IOException {
    String text = Files.readString(stages.resolve(stage + ".arguments"), UTF_8);
    assertThat(text).endsWith("\0");
    return List.of(text.substring(0, text.length() - 1).split("\0", -1));
  }

  @Test
  void allThatIsMissingIsToldAtOnce() {
    assertThat(refused(call()))
        .containsExactly(
            "--generate-model: expected DIR|URL#NAME, found nothing",
            "--response-tokens: expected the most tokens that a response may have, found nothing",
            "--select-model: expected DIR, found nothing",
            "--feedback-model: expected DIR|URL#NAME, found nothing",
            "--edit-model: expected DIR|URL#NAME, found nothing");
  }

  @Test
  void problemsOfAllStagesAreToldAtOnceWithTheirStage() throws IOException {
    Path nothing = folder.resolve("nothing");
    List<String> problems =
        refused(
            call(
                "--generate-model",
                nothing.toString(),
                "--feedback-model",
                "http://127.0.0.1:9/v1",
                "--edit-model",
                "demo",
                "--edit-recipe",
                nothing.toString(),
                "--select-model",
                nothing.toString(),
                "--response-tokens",
                "9"));
    assertThat(problems)
        .containsExactly(
            "1-responses: model %s: %s".formatted(nothing, NO_MODEL),
            "2-selected: model %s: %s".formatted(nothing, NO_MODEL),
            "--feedback-model: expected URL#NAME, where NAME is the model's on the server, found"
                + " http://127.0.0.1:9/v1",
            "4-edits: [%s] expected a configuration file, found no such file".formatted(nothing),
            "5-best: model %s: %s".formatted(nothing, NO_MODEL));
  }

  @Test
  void anAnswerThatNoPromptLeavesRoomForIsRefused() {
    assertThat(
            refused(
                call(
                    "--generate-model",
                    "demo",
                    "--feedback-model",
                    "demo",
                    "--edit-model",
                    "demo",
                    "--select-model",
                    "demo",
                    "--responses",
                    "1",
                    "--response-tokens",
                    "9")))
        .containsExactly(
            "4-edits: model %s: max new tokens: expected fewer than the model's max_position_embeddings, 1024, found 4096"
                .formatted(Path.of("data-samples/demo-generator").toAbsolutePath()));
  }

  @Test
  void aSettingThatTheCallDecidesIsNoStagesOwn() throws IOException {
    Path conf =
        conf(
            "responses.generation.samples = 3",
            "selected.output.labels = rounded",
            "edits.recipe.into = other",
            "best.model.max-tokens = 9",
            "feedback.generation.top-k = x",
            "edit.generation.top-k = 5");
    assertThat(refused(call("--conf", "data-samples/improve.conf", "--conf", conf.toString())))
        .containsExactly(
            "[%s:6] edit.generation.top-k: expected a setting of this job, found no such key"
                .formatted(conf));
    conf(
        "responses.generation.samples = 3",
        "selected.output.labels = rounded",
        "edits.recipe.into = other",
        "best.model.max-tokens = 9",
        "feedback.generation.top-k = x");
    String decided =
        ": expected a setting that jobs/improve does not decide for the stage, found one that it"
            + " does";
    assertThat(refused(call("--conf", "data-samples/improve.conf", "--conf", conf.toString())))
        .containsExactly(
            "[%s:1] responses.generation.samples%s".formatted(conf, decided),
            "[%s:2] selected.output.labels%s".formatted(conf, decided),
            "3-feedback: [%s:5] feedback.generation.top-k: expected a whole number from 0, or model, found 'x'"
                .formatted(conf),
            "[%s:3] edits.recipe.into%s".formatted(conf, decided),
            ("[%s:4] best.model.max-tokens: expected selected.model.max-tokens in its place, as one"
                    + " model scores in both stages, found one that it does")
                .formatted(conf));
  }

  @Test
  void eachStageIsCalledWithWhatTheCallAndTheFilesSayOfIt() throws IOException {
    Path conf =
        conf(
            "responses.generation.stop = [\"END\", \"\\n\"]",
            "selected.model.max-tokens = 99",
            "best.scorer.ledger = scores",
            "spark.ui.enabled = false",
            "report.report.extremes = 7");
    assertThat(
            program.run(
                call(
                    "--conf",
                    "data-samples/improve.conf",
                    "--conf",
                    conf.toString(),
                    "--threads",
                    "1",
                    "--show-text",
                    "--master",
                    "local[1]")))
        .as(program.err())
        .isEqualTo(ExitStatus.DONE);
    assertThat(stages.resolve("stages"))
        .hasContent(
            """
            1-responses generate todo
            2-selected annotate todo
            3-feedback generate todo
            4-edits generate todo
            5-best annotate todo
            report report todo
            """);
    assertThat(arguments("1-responses"))
        .containsExactly(
            SAMPLE.toString(),
            "--output",
            out + "/1-responses",
            "--master",
            "local[1]",
            "--spark-conf",
            "spark.ui.enabled=false",
            "--conf",
            stages + "/1-responses.conf");
    assertThat(stages.resolve("1-responses.conf"))
        .hasContent(
            """
            model.path = demo
            generation.samples = 1
            generation.max-new-tokens = 64
            recipe.answers-from = responses
            scorer.threads = 1
            generation.stop = ["END", "\\n"]
            """);
    assertThat(arguments("5-best"))
        .startsWith(out + "/4-edits", "--output", out + "/5-best", "--master");
    assertThat(stages.resolve("5-best.conf"))
        .hasContent(
            """
            model.path = demo
            input.format = edits
            scorer.threads = 1
            model.max-tokens = 99
            scorer.ledger = scores
            """);
    assertThat(stages.resolve("4-edits.conf"))
        .content()
        .contains("recipe.file = " + Path.of("conf/recipes/edit.conf"), "recipe.into = edits\n");
    assertThat(arguments("report"))
        .containsExactly(
            out + "/5-best",
            "--output",
            out + "/report",
            "--show-text",
            "--conf",
            stages + "/report.conf");
    assertThat(stages.resolve("report.conf")).hasContent("report.extremes = 7\n");
    assertThat(out).doesNotExist();
  }

  @Test
  void aServerIsNamedByItsAddressAndTheModelsNameAndAskedBeforeAnythingBegins() throws IOException {
    assertThat(
            refused(
                call(
                    "--conf",
                    "data-samples/improve.conf",
                    "--feedback-model",
                    "http://127.0.0.1:9/v1#org/name",
                    "--conf",
                    conf("feedback.endpoint.retries = 0").toString())))
        .containsExactly(
            "3-feedback: --endpoint: [http://127.0.0.1:9/v1] expected a server that answers, found"
                + " ConnectException; is it running, and is this its address?");
  }

  @Test
  void aCausalModelWithoutASignOfARewardModelIsWarnedOfOnce() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    try (Stream<Path> files = Files.list(Path.of("data-samples/demo-generator"))) {
      for (Path file : files.filter(each -> !each.endsWith("README.md")).toList()) {
        Files.copy(file, model.resolve(file.getFileName()));
      }
    }
    assertThat(
            program.run(
                call("--conf", "data-samples/improve.conf", "--select-model", model.toString())))
        .isEqualTo(ExitStatus.DONE);
    assertThat(program.err().lines())
        .singleElement()
        .asString()
        .startsWith(
            "touchstone improve: nothing says that this is a reward model: neither config.json, nor");
  }

  @Test
  void aJudgeWhoseVotesAreToldIsNoSelect() throws IOException {
    Path conf =
        conf(
            "selected.model.judge = conf/recipes/genrm-principle.conf",
            "selected.model.votes = 3");
    String told =
        ": selected.model.judge: expected one vote and no rationale, as edits are compared by one"
            + " number, found spread";
    assertThat(refused(call("--conf", "data-samples/improve.conf", "--conf", conf.toString())))
        .containsExactly("2-selected" + told, "5-best" + told);
  }

  @Test
  void aFolderOfAFarFilesystemIsRefused() {
    assertThat(
            refused(
                List.of(
                    "improve",
                    SAMPLE.toString(),
                    "--output",
                    "hdfs://host/out",
                    "--stages",
                    stages.toString(),
                    "--conf",
                    "data-samples/improve.conf")))
        .containsExactly(
            "--output: expected a folder on this machine, or one that is mounted, found"
                + " hdfs://host/out");
  }

  @Test
  void aDryRunSaysWhatEachStageIsAskedAtMost() {
    assertThat(
            program.run(
                "improve",
                SAMPLE.toString(),
                "--dry-run=full",
                "--conf",
                "data-samples/improve.conf",
                "--responses",
                "1",
                "--memory",
                "1GiB"))
        .as(program.err())
        .isEqualTo(ExitStatus.DONE);
    assertThat(program.out())
        .startsWith("Dry run: nothing was generated, nothing was scored, nothing was written.\n")
        .contains(
            "\n  1-responses\n  model     ",
            "\n  2-selected\n  model     ",
            "\n  3-feedback\n  model     ",
            "\n  4-edits\n  model     ",
            "\n  5-best\n  model     ",
            "  memory    1,024 MiB, of which ");
  }
}
