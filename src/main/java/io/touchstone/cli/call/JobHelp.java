package io.touchstone.cli.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

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

  static void describe(UsageMessageSpec usage, JobSpec job, Map<Topic, List<OptionSpec>> topics) {
    String text = text(job.name());
    int end = text.indexOf(BLANK_LINE);
    usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, help -> byTopic(help, topics));
    String folders =
        job.folders().stream()
            .map(folder -> folder.flag() + " " + folder.shape() + " ")
            .collect(Collectors.joining());
    usage
        .customSynopsis(
            "jobs/" + job.name() + " " + job.operand().synopsis() + " " + folders + "[FLAGS]")
        .description("%n" + text.substring(0, end).replace('\n', ' ') + "%n")
        .width(100)
        .sortOptions(false);
    StringBuilder footer = new StringBuilder(text.substring(end + 1)).append("\nExit status:\n");
    for (ExitStatus status : ExitStatus.values()) {
      if (status.isOf(job)) {
        footer.append("  " + status.code() + "  " + status.meaning() + "\n");
      }
    }
    footer.append(ENVIRONMENT);
    usage.footer(escaped(footer.toString()).lines().toArray(String[]::new));
  }

  private static String text(String job) {
    String name = "help/" + job + ".txt";
    try (InputStream in = Objects.requireNonNull(JobHelp.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }

  /** Texts are format strings to picocli. */
  static String escaped(String text) {
    return text.replace("%", "%%");
  }

  private static String byTopic(Help help, Map<Topic, List<OptionSpec>> topics) {
    StringBuilder text = new StringBuilder();
    topics.forEach(
        (topic, options) -> {
          if (!options.isEmpty()) {
            Help.Layout layout = help.createDefaultLayout();
            layout.addOptions(options, help.parameterLabelRenderer());
            text.append("\n").append(topic.heading()).append(":\n").append(layout);
          }
        });
    return text.toString();
  }
}
