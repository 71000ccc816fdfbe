package io.touchstone.cli.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What a job's {@code --help} teaches beside its flags. It lies in {@code help/JOB.txt}: first a
 * sentence or two on what the job does, then, after a blank line, the lines that stand under the
 * flags, such as formats, results and examples.
 */
final class JobHelp {

  private static final String BLANK_LINE = "\n\n";

  private static final String ENVIRONMENT =
      """

      Environment:
        JAVA_HOME               Java 17 or newer
        TOUCHSTONE_JAVA_OPTS    more flags for the JVM, such as -Xmx16g
        TOUCHSTONE_LOG_LEVEL    off error warn info debug trace (default: warn)
        SPARK_HOME              whose bin/spark-submit serves --master
        MAVEN_OPTS              for the build that the first call does
      """;

  private JobHelp() {}

  /**
   * @param topics the flags, by their headings
   */
  static String of(JobSpec job, Map<Topic, List<OptionSpec>> topics, int columns) {
    String text = text(job.name());
    int end = text.indexOf(BLANK_LINE);
    String folders =
        job.folders().stream()
            .map(folder -> folder.flag() + " " + folder.shape() + " ")
            .collect(Collectors.joining());
    HelpLayout help = new HelpLayout(columns);
    help.lines(
        "Usage: jobs/" + job.name() + " " + job.operand().synopsis() + " " + folders + "[FLAGS]");
    help.lines("\n" + text.substring(0, end) + "\n\n");
    help.entry("[" + job.operand().label() + "...]", job.operand().help());
    topics.forEach(
        (topic, options) -> {
          if (!options.isEmpty()) {
            help.lines("\n" + topic.heading() + ":");
            options.forEach(option -> help.entry(label(option), option.description()[0]));
          }
        });
    StringBuilder rest = new StringBuilder(text.substring(end + 1)).append("\nExit status:\n");
    for (ExitStatus status : ExitStatus.values()) {
      if (status.isOf(job)) {
        rest.append("  " + status.code() + "  " + status.meaning() + "\n");
      }
    }
    rest.append("  130, 143  ended by Ctrl-C, by SIGTERM; the same command goes on\n");
    help.lines(rest.append(ENVIRONMENT).toString());
    return help.toString();
  }

  private static String label(OptionSpec option) {
    String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
    return option.longestName()
        + (option.arity().min() == 0 && !value.isEmpty() ? "[" + value + "]" : value);
  }

  private static String text(String job) {
    String name = "help/" + job + ".txt";
    try (InputStream in = Objects.requireNonNull(JobHelp.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
