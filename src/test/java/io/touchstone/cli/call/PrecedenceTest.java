package io.touchstone.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.settings.AnnotateSettings;
import io.touchstone.cli.settings.ModelFiles;
import io.touchstone.cli.settings.ModelSettings;
import io.touchstone.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrecedenceTest {
  @TempDir Path home;

  private final Map<String, Layer.Entry> flags = new LinkedHashMap<>();
  private final List<String> confFiles = new ArrayList<>();
  private final Problems problems = new Problems();

  @Test
  void aFlagWinsOverEveryFile() throws IOException {
    everyFileSaysMaxTokens();
    flag("model.max-tokens", "1", "--max-tokens");

    assertThat(maxTokens()).isEqualTo("1 from --max-tokens");
  }

  @Test
  void theLastConfFileWinsOverTheOthers() throws IOException {
    everyFileSaysMaxTokens();

    assertThat(maxTokens()).isEqualTo("2 from " + confFiles.get(1) + ":1");
  }

  @Test
  void anEarlierConfFileWinsOverTheModels() throws IOException {
    everyFileSaysMaxTokens();
    confFiles.remove(1);

    assertThat(maxTokens()).isEqualTo("3 from " + confFiles.get(0) + ":2");
  }

  @Test
  void theModelsFileWinsOverTheJobs() throws IOException {
    everyFileSaysMaxTokens();
    confFiles.clear();
    flag("model.path", "/models/Big-RM", "--model");

    assertThat(maxTokens()).isEqualTo("4 from conf/models/Big-RM.conf:1");
  }

  @Test
  void theJobsFileMayNameTheModelWhoseFileThenHolds() throws IOException {
    everyFileSaysMaxTokens();
    confFiles.clear();
    write("conf/annotate.conf", "model.max-tokens = 5\nmodel.path = /models/Big-RM\n");

    assertThat(maxTokens()).isEqualTo("4 from conf/models/Big-RM.conf:1");
  }

  @Test
  void theJobsFileWinsOverTheBuiltInDefault() throws IOException {
    everyFileSaysMaxTokens();
    confFiles.clear();

    assertThat(maxTokens()).isEqualTo("5 from conf/annotate.conf:1");
  }

  @Test
  void theBuiltInDefaultHoldsWhereNobodySaysOtherwise() {
    Settings settings = resolve();

    assertThat(settings.get(ModelSettings.MAX_TOKENS)).isEqualTo(OptionalInt.empty());
    assertThat(settings.origin(ModelSettings.MAX_TOKENS)).isEqualTo("default");
    assertThat(problems.found()).isEmpty();
  }

  @Test
  void sparksOwnSettingsPassThroughInTheSameOrder() throws IOException {
    write("conf/annotate.conf", "spark.executor.memory = 1g\nspark.executor.cores = 3\n");
    flag("spark.executor.memory", "2g", "--spark-conf");

    Settings settings = resolve();

    assertThat(settings.spark())
        .isEqualTo(Map.of("spark.executor.memory", "2g", "spark.executor.cores", "3"));
    assertThat(settings.texts()).containsEntry("spark.executor.memory", "2g");
    assertThat(problems.found()).isEmpty();
  }

  @Test
  void aValueThatBeginsWithAQuoteIsAJsonString() throws IOException {
    write(
        "conf/annotate.conf",
        """
        model.chat-template = "none"
        output.field = "\\u0072eward\\u005f"
        spark.driver.extraJavaOptions = "-Da=b"
        """);

    Settings settings = resolve();

    assertThat(settings.texts())
        .containsEntry("model.chat-template", "none")
        .containsEntry("output.field", "reward_")
        .containsEntry("spark.driver.extraJavaOptions", "\"-Da=b\"");
    assertThat(problems.found()).isEmpty();
  }

  @Test
  void aValueThatBeginsWithAQuoteAndIsNoJsonStringIsRefused() throws IOException {
    Path mine =
        write(
            "mine.conf",
            """
            output.field = "reward
            output.scalar = "a b" + 1
            model.attributes = "\\x"
            """);
    confFiles.add(mine.toString());

    resolve();

    String expected =
        ": expected a JSON string, as the value begins with a quote (a formula that does may begin"
            + " with a parenthesis), found another text";
    assertThat(problems.found())
        .containsExactly(
            "[" + mine + ":1] output.field" + expected,
            "[" + mine + ":2] output.scalar" + expected,
            "[" + mine + ":3] model.attributes" + expected);
  }

  @Test
  void everyProblemOfEveryPlaceIsReportedWithItsLine() throws IOException {
    flag("output.labels", "four", "--labels");
    Path mine =
        write(
            "mine.conf",
            """
            # comment

            output.labels = rounded
            output.labels = float
            scorer.thread = 4
            input.piece-bytes 32MiB
            = 3
            model.max-tokens = many
            """);
    confFiles.add(mine.toString());
    confFiles.add("nowhere.conf");
    write("conf/annotate.conf", "input.turns = first\n");
    Path bytes = home.resolve("latin.conf");
    Files.write(bytes, new byte[] {'#', (byte) 0xe4, '\n'});
    confFiles.add(bytes.toString());

    resolve();

    assertThat(problems.found())
        .containsExactlyInAnyOrder(
            "--labels: expected float or rounded, found 'four'",
            "[" + mine + ":4] output.labels: expected once, found before at " + mine + ":3",
            "[" + mine + ":5] scorer.thread: expected a setting of this job, found no such key",
            "[" + mine + ":6] expected 'key = value', found a line without it",
            "[" + mine + ":7] expected 'key = value', found a line without it",
            "["
                + mine
                + ":8] model.max-tokens: expected a whole number from 1, or model, found 'many'",
            "[nowhere.conf] expected a configuration file, found no such file",
            "[" + bytes + "] expected UTF-8 text, found other bytes",
            "[conf/annotate.conf:1] input.turns: expected last or all, found 'first'");
  }

  @Test
  void aSnapshotOfTheHubsCacheHasItsModelsName() {
    assertThat(Installation.nameOf(Path.of("/c/models--nvidia--Big-RM/snapshots/0123abcd")))
        .isEqualTo("Big-RM");
    assertThat(Installation.nameOf(Path.of("/models/Big-RM/"))).isEqualTo("Big-RM");
    assertThat(Installation.nameOf(Path.of("/models/snapshots/Big-RM"))).isEqualTo("Big-RM");
  }

  private void everyFileSaysMaxTokens() throws IOException {
    confFiles.add(write("first.conf", "\nmodel.max-tokens = 3\n").toString());
    confFiles.add(write("second.conf", "model.max-tokens=2").toString());
    write("conf/models/Big-RM.conf", "model.max-tokens = 4\n");
    write("conf/annotate.conf", "model.max-tokens = 5\n");
  }

  private String maxTokens() {
    Settings settings = resolve();
    assertThat(problems.found()).isEmpty();
    return settings.get(ModelSettings.MAX_TOKENS).orElse(0)
        + " from "
        + settings.origin(ModelSettings.MAX_TOKENS);
  }

  private Settings resolve() {
    JobSpec job =
        new JobSpec(
            "annotate",
            List.of(),
            AnnotateSettings.ALL,
            Optional.of(ModelFiles.reward(ModelSettings.MODEL)),
            Toggle.OF_ANY_JOB);
    return new Precedence(job, new Installation(Optional.of(home)), problems, new Secrets())
        .resolve(new JobCall(List.of(), Map.of(), confFiles, new Layer(flags), Set.of()));
  }

  private void flag(String key, String text, String flag) {
    flags.put(key, new Layer.Entry(text, flag, flag));
  }

  private Path write(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
