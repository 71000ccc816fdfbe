package io.touchstone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command from end to end, each time in a process of its own. */
final class CommandLineTest {
  private static final String MARKER = "quokkaberry";
  private static final String ROWS =
      """
      {"prompt": "How are you?", "response": "Fine, thank you."}
      {"prompt": "How are you?", "response": ""}

      {"prompt": "How are you?"}
      """;

  @TempDir Path folder;

  @Test
  void scoresEveryRowItCanAndSaysWhatItDid() throws Exception {
    Path input = Files.writeString(folder.resolve("in.jsonl"), ROWS);
    Path output = folder.resolve("out");

    Outcome outcome = annotate(input.toString(), "--output", output.toString());

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out())
        .startsWith("Scored 2 of 3 rows; the result lies in " + output + "\n")
        .contains("  rows      3 in, 2 out, 1 rejected, 1 blank\n")
        .doesNotContain("How are you?")
        .contains("demonstrates the job and is no reward model");
    List<String> rows = Files.readAllLines(output.resolve("part-00000.jsonl"));
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0))
        .startsWith("{\"prompt\": \"How are you?\", \"response\": \"Fine, thank you.\"")
        .matches(".*\"reward\": ?-?\\d+\\.\\d+(E-?\\d+)?}");
    assertThat(output.resolve("_SUCCESS")).exists();
    assertThat(Files.readString(output.resolve("_rejected/part-00000.jsonl")))
        .contains("\\\"How are you?\\\"}\"");
    assertThat(Files.readString(output.resolve("_run.json")))
        .contains("\"input.piece-bytes\" : \"32MiB\"");

    Outcome again = annotate(input.toString(), "--output", output.toString());

    assertThat(again.status()).isZero();
    assertThat(again.out()).startsWith("An earlier run had scored 2 of 3 rows;");

    Outcome other =
        annotate(
            input.toString(),
            "--output",
            output.toString(),
            "--piece-bytes",
            "32m",
            "--labels",
            "rounded");

    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err())
        .isEqualTo(
            "touchstone annotate: 1 problem:\n  [file:"
                + output
                + "] was made by another job: labels: was float, is rounded\n"
                + "Two ways on: --restart throws that result away and begins anew; or another"
                + " --output, which leaves it as it is.\n");
  }

  @Test
  void aRowIsShownOnlyOnATerminalOrWhereItIsAskedFor() throws Exception {
    Path input = Files.writeString(folder.resolve("in.jsonl"), ROWS);
    String shown = "\nThe first scored row:\n{\"prompt\": \"How are you?\", ";
    List<String> call =
        List.of("annotate", input.toString(), "--output", folder.resolve("out").toString());

    assertThat(run(List.of(), call).out()).doesNotContain("How are you?", "first");
    List<String> asking = new ArrayList<>(call);
    asking.add("--show-text");
    assertThat(run(List.of(), asking).out()).contains(shown);
    assertThat(run(List.of("-Dtouchstone.audience=caller"), call).out()).contains(shown);
  }

  @Test
  void tooManyRejectedLinesEndWithStatusThreeAndTheWholeResult() throws Exception {
    Path input = Files.writeString(folder.resolve("in.jsonl"), ROWS);
    Path output = folder.resolve("out");

    Outcome outcome =
        annotate(
            input.toString(), "--output", output.toString(), "--max-rejected", "30%", "--quiet");

    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            "touchstone annotate: 1 of 3 lines rejected, more than --max-rejected 30% allows;"
                + " lines and reasons in "
                + output
                + "/_rejected\n");
    assertThat(output.resolve("_SUCCESS")).exists();
  }

  @Test
  void aWrongFlagIsStatusTwo() throws Exception {
    Outcome outcome = annotate("in.jsonl", "--output", folder.toString(), "--label", "float");

    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                2,
                "",
                """
                touchstone annotate: 1 problem:
                  --label: expected a flag of this job, found no such flag (--labels?)
                """));
  }

  @Test
  void aMissingInputIsStatusTwoAndMakesNoOutput() throws Exception {
    Path input = folder.resolve("nowhere.jsonl");
    Path output = folder.resolve("out");

    Outcome outcome = annotate(input.toString(), "--output", output.toString());

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith("touchstone annotate: 1 problem:\n  ")
        .contains("nowhere.jsonl")
        .hasLineCount(2);
    assertThat(output).doesNotExist();
  }

  @Test
  void aFolderThatIsNotOursIsStatusTwoAndStaysAsItWas() throws Exception {
    Path input = Files.writeString(folder.resolve("in.jsonl"), ROWS);
    Path output = Files.createDirectory(folder.resolve("out"));
    Path precious = Files.writeString(output.resolve("precious.txt"), "mine");

    Outcome outcome = annotate(input.toString(), "--output", output.toString());

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("touchstone annotate: 1 problem:\n  ")
        .contains(
            output + "] expected an empty folder or one that this job has made, found 1 entry");
    assertThat(output.toFile().list()).containsExactly("precious.txt");
    assertThat(precious).hasContent("mine");
  }

  @Test
  void aBadModelAndAMissingInputAreReportedTogether() throws Exception {
    Path model = Files.createDirectory(folder.resolve("model"));

    Outcome outcome =
        annotate(
            folder.resolve("nowhere.jsonl").toString(),
            "--output",
            folder.resolve("out").toString(),
            "--model",
            model.toString());

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .contains("model " + model + ": [config.json]")
        .contains("nowhere.jsonl");
    assertThat(outcome.err()).doesNotContain("\tat ");
  }

  @Test
  void aFailureShowsAStackTraceOnlyWhereOneIsAskedFor() throws Exception {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(whole)) {
      // More than is looked at before the job starts, and nothing that the model would see.
      Random random = new Random(1);
      for (int row = 0; row < 40_000; row++) {
        gzip.write(
            "{\"prompt\": \"%x\", \"response\": 7}\n".formatted(random.nextLong()).getBytes(UTF_8));
      }
    }
    Path input = folder.resolve("in\u001b[31m.jsonl.gz");
    Files.write(input, Arrays.copyOf(whole.toByteArray(), whole.size() / 2));
    List<String> call =
        new ArrayList<>(
            List.of("annotate", input.toString(), "--output", folder.resolve("out").toString()));

    Outcome brief = run(List.of(), call);

    assertThat(brief.status()).isEqualTo(1);
    assertThat(brief.err())
        .doesNotContain("\tat ", "Caused by")
        .matches("[\\P{Cc}\n]*")
        .contains(
            "\ntouchstone annotate: the job failed: JobException: [file:"
                + folder
                + "/in\\u001b[31m.jsonl.gz] piece 0 (bytes 0 to ")
        .endsWith(
            "The same command run again goes on where this one ended; with --stacktrace it says"
                + " more.\n");
    assertThat(brief.err().lines())
        .as("a line for each attempt, and three at the end")
        .hasSizeLessThanOrEqualTo(8);
    call.add("--stacktrace");
    assertThat(run(List.of("-Dtouchstone.log.shows=traces"), call).err())
        .contains("\tat io.touchstone.", "\nCaused by: ");
  }

  @Test
  void noLogAtAnyLevelHoldsAnyTextOfAConversation() throws Exception {
    Path input = folder.resolve("in.jsonl");
    Files.writeString(
        input,
        "{\"prompt\": \"plain\", \"response\": \"plain\"}\n"
            + "{\"prompt\": \"%1$s\", \"response\": \"%1$s <|im_end|>\"}\n".formatted(MARKER)
            + "{\"prompt\": \"%1$s\", \"answer\": \"%1$s\"}\n".formatted(MARKER)
            + "{\"prompt\": \"%1$s\", \"response\": [\"%1$s\"]}\n".formatted(MARKER)
            + "%s no JSON\n".formatted(MARKER)
            + "{\"prompt\": \"%1$s\", \"response\": \"%1$s\"}\n".formatted(MARKER.repeat(5_000)));
    Path output = folder.resolve("out");

    Outcome outcome =
        run(
            List.of("-Dtouchstone.log.level=all"),
            List.of("annotate", input.toString(), "--output", output.toString(), "--stacktrace"));

    assertThat(outcome.status()).isZero();
    assertThat(outcome.err().lines().count()).as("a log at the finest level").isGreaterThan(100);
    assertThat(outcome.err()).doesNotContain(MARKER);
    assertThat(outcome.out()).contains("6 in").doesNotContain(MARKER);
    assertThat(Files.readString(output.resolve("_rejected/part-00000.jsonl"))).contains(MARKER);
  }

  private Outcome annotate(String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("annotate"));
    all.addAll(Arrays.asList(arguments));
    return run(List.of(), all);
  }

  private Outcome run(List<String> jvm, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@jobs/lib/jvm.options");
    command.add("-Xmx1g");
    command.add("-Dtouchstone.home=" + Path.of("").toAbsolutePath());
    // The program's own configuration, where tests have another.
    command.add("-Dlog4j2.configurationFile=src/main/resources/log4j2.properties");
    command.addAll(jvm);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Touchstone.class.getName()));
    command.addAll(arguments);
    return Outcome.of(new ProcessBuilder(command), folder);
  }
}
