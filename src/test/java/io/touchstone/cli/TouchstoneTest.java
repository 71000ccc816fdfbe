package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Toggle;
import io.touchstone.cli.settings.AnnotateSettings;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.problem.JobException;
import io.touchstone.scoring.ScorerException;
import java.io.IOError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user meets before any model is opened; {@code CommandLineTest} has the rest. */
final class TouchstoneTest {
  @TempDir Path folder;

  private Program program =
      Program.uninstalled(
          (model, settings) -> {
            throw new IllegalArgumentException("expected a model, found a test");
          });

  @Test
  void withoutArgumentsItNamesTheJobs() {
    assertThat(program.run()).isEqualTo(ExitStatus.DONE);
    assertThat(program.out()).contains("Usage: jobs/JOB").contains("  annotate ");
    assertThat(program.err()).isEmpty();
  }

  @Test
  void anUnknownJobIsAWrongCall() {
    assertThat(program.run("anotate", "in")).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            "touchstone: 1 problem:\n"
                + "  JOB: expected generate, annotate, select, filter, evaluate, calibrate, ledger, improve,"
                + " report,"
                + " found 'anotate'; --help says more\n");
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    assertThat(program.run("annotate", "--version")).isEqualTo(ExitStatus.DONE);
    assertThat(program.out()).matches("touchstone \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n");
  }

  @Test
  void helpNamesEveryFlagFormatAndExitStatus() {
    assertThat(program.run("annotate", "--help")).isEqualTo(ExitStatus.DONE);
    String help = program.out();
    for (Setting<?> setting : AnnotateSettings.ALL) {
      String shape = setting.shape();
      assertThat(help).contains("  " + setting.flag() + (shape.isEmpty() ? " " : "=" + shape));
    }
    for (Toggle toggle : Toggle.values()) {
      assertThat(help).contains(toggle.flag());
    }
    for (ExitStatus status : EnumSet.complementOf(EnumSet.of(ExitStatus.DRIFTED))) {
      assertThat(help).contains("  " + status.code() + "  " + status.meaning());
    }
    for (var format : FormatTable.ALL) {
      assertThat(help).contains("  " + format.word() + " ");
    }
    assertThat(help)
        .startsWith("Usage: jobs/annotate INPUT... --output DIR")
        .contains("--max-rejected 1%\n");
    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  @Test
  void everyProblemOfFlagsAndFilesIsReportedAtOnce() throws IOException {
    Path conf = Files.writeString(folder.resolve("my.conf"), "input.turns = none\n");

    ExitStatus status =
        program.run(
            "annotate",
            "--lables",
            "float",
            "--labels",
            "four",
            "--format=csv",
            "--turns",
            "all",
            "--turns",
            "last",
            "--prompt",
            "raw",
            "--template-date",
            "26.7.2024",
            "--attributes",
            "a,a",
            "--reward-token",
            "-1",
            "--max-tokens",
            "0",
            "--max-line-bytes",
            "2GiB",
            "--piece-bytes",
            "many",
            "--max-rejected",
            "101%",
            "--threads",
            "all",
            "--spark-conf",
            "executor.memory=1g",
            "--conf",
            conf.toString(),
            "--output");

    assertThat(status).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err().lines().skip(1))
        .containsExactlyInAnyOrder(
            "  --lables: expected a flag of this job, found no such flag (--labels?)",
            "  --labels: expected float or rounded, found 'four'",
            "  --format: expected auto, steerlm, helpsteer2, helpsteer3, messages,"
                + " sharegpt, candidates, preference, best-of-n, preference-lists, judgebench,"
                + " prompt-completion, alpaca, alpaca-preference, sharegpt-preference,"
                + " messages-preference, ms-swift, ms-swift-messages, question-preference,"
                + " input-preference, numbered, pku-saferlhf, helpsteer3-edit, context-response,"
                + " nemo-rl, ultrafeedback, nectar, distilabel, output-lists, conversation,"
                + " arena, arena-55k, offsetbias, multipref, shp, stepwise, edits,"
                + " found 'csv'",
            "  --turns: expected once, found twice",
            "  --prompt: expected chat or steerlm, found 'raw'",
            "  --template-date: expected a date such as 2024-07-26, found '26.7.2024'",
            "  --attributes: expected distinct names, found [a, a]",
            "  --reward-token: expected a whole number from 0, found '-1'",
            "  --max-tokens: expected a whole number from 1, or model, found '0'",
            "  --max-line-bytes: expected a size from 1 byte to 1GiB, found '2GiB'",
            "  --piece-bytes: expected a size such as 64MiB, 32m, 1GiB or 1048576, found 'many'",
            "  --max-rejected: expected a number of lines, a percentage from 0% to 100%, or none,"
                + " found '101%'",
            "  --threads: expected a whole number from 1, or cores, found 'all'",
            "  --spark-conf: expected spark.KEY=VALUE, found 'executor.memory=1g'",
            "  [" + conf + ":1] input.turns: expected last or all, found 'none'",
            "  --output: expected DIR, found nothing");
    assertThat(program.err()).startsWith("touchstone annotate: 16 problems:\n");
    assertThat(program.out()).isEmpty();
  }

  @Test
  void inputAndOutputAreAskedFor() {
    assertThat(program.run("annotate", "--quiet")).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            """
            touchstone annotate: 2 problems:
              INPUT: expected a file, folder or glob, found nothing
              --output: expected DIR, found nothing
            """);
  }

  @Test
  void aRefusedModelDoesNotHideAMissingInput() {
    String input = folder.resolve("none.jsonl").toString();

    ExitStatus status = program.run("annotate", input, "--output", "o", "--model", "m");

    assertThat(status).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            "touchstone annotate: 2 problems:\n"
                + "  model m: expected a model, found a test\n"
                + "  ["
                + input
                + "] expected a file, folder or glob, found no such file\n");
  }

  @Test
  void anUnexpectedFailureIsToldWithItsCausesAndWithoutAStackTrace() {
    program =
        Program.uninstalled(
            (model, settings) -> {
              throw new IllegalStateException(
                  "one\n\tat two", new IOException("disk", new RuntimeException()));
            });

    assertThat(program.run("annotate", "in.jsonl", "--output", "o")).isEqualTo(ExitStatus.FAILED);
    assertThat(program.err())
        .isEqualTo(
            """
            touchstone annotate: the job failed: IllegalStateException: one
              caused by: IOException: disk
              caused by: RuntimeException
            The same command run again goes on where this one ended; with --stacktrace it says more.
            """);
  }

  @Test
  void everyLineOfAFailureOfOursIsToldAndTheFirstOfOthers() {
    program =
        Program.uninstalled(
            (model, settings) -> {
              throw new JobException(
                  "the output does not add up:\na: expected 1, found 2\nb: expected 3, found 4",
                  new IllegalStateException(
                      "task 7\n\tat spark", new ScorerException("no\nmemory")));
            });

    assertThat(program.run("annotate", "in.jsonl", "--output", "o")).isEqualTo(ExitStatus.FAILED);
    assertThat(program.err())
        .isEqualTo(
            """
            touchstone annotate: the job failed: JobException: the output does not add up:
                a: expected 1, found 2
                b: expected 3, found 4
              caused by: IllegalStateException: task 7
              caused by: ScorerException: no
                memory
            The same command run again goes on where this one ended; with --stacktrace it says more.
            """);
  }

  @Test
  void aStackTraceIsShownOnRequest() {
    program =
        Program.uninstalled(
            (model, settings) -> {
              throw new IllegalStateException("one");
            });

    assertThat(program.run("annotate", "in.jsonl", "--output", "o", "--stacktrace"))
        .isEqualTo(ExitStatus.FAILED);
    assertThat(program.err())
        .startsWith("touchstone annotate: the job failed: IllegalStateException: one\n")
        .contains("\tat io.touchstone.cli.");
  }

  @Test
  void whatScalaThrowsUndeclaredAndErrorsAreToldToo() {
    program =
        Program.uninstalled(
            (model, settings) -> {
              throw sneaky(new IOError(new IOException("Input/output error")));
            });

    assertThat(program.run("annotate", "in.jsonl", "--output", "o")).isEqualTo(ExitStatus.FAILED);
    assertThat(program.err())
        .isEqualTo(
            """
            touchstone annotate: the job failed: IOError: java.io.IOException: Input/output error
            The same command run again goes on where this one ended; with --stacktrace it says more.
            """);

    program =
        Program.uninstalled(
            (model, settings) -> {
              throw sneaky(new SparkException("Could not parse Master URL: 'local[x]'"));
            });
    assertThat(program.run("annotate", "in.jsonl", "--output", "o")).isEqualTo(ExitStatus.FAILED);
    assertThat(program.err())
        .startsWith(
            "touchstone annotate: the job failed: SparkException: Could not parse Master URL:"
                + " 'local[x]'\n")
        .hasLineCount(2);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @ParameterizedTest
  @CsvSource({
    "-o, --output",
    "--outptu, --output",
    "--outptu=s3a://a, --output",
    "-output, --output",
    "--out, --output",
    "--output-f, --output-format",
    "--label, --labels",
    "-q, --quiet",
    "--modle, --model"
  })
  void aFlagThatWasMeantIsNamed(String typed, String meant) {
    assertThat(program.run("annotate", "in.jsonl", typed)).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains(
            "  "
                + typed.split("=")[0]
                + ": expected a flag of this job, found no such flag ("
                + meant
                + "?)\n");
  }

  @Test
  void aFlagOfNoLikenessIsRefusedWithoutAGuess() {
    program.run("annotate", "in.jsonl", "--zebra");
    assertThat(program.err())
        .contains("  --zebra: expected a flag of this job, found no such flag\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "local[x]", "spark://host", "mesos://host:1", "http://a:1"})
  void aMasterThatSparkWouldNotTakeIsRefused(String master) {
    assertThat(program.run("annotate", "in.jsonl", "--output", "o", "--master", master))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            """
            touchstone annotate: 1 problem:
              --master: expected local[N], local[*], spark://HOST:PORT, yarn or k8s://URL, found something else
            """);
  }

  @Test
  void namesDoNotSteerTheTerminal() {
    program.run("annotate", "in\u001b[31m\n.jsonl", "--output", "o\u0007", "--labels", "\u001b");
    assertThat(program.err())
        .contains("--labels: expected float or rounded, found '\\u001b'\n")
        .matches("[\\P{Cc}\n]*");
  }
}
