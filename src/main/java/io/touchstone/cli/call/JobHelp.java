package io.touchstone.cli.call;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * What a job's {@code --help} teaches beside its flags.
 *
 * @param description a sentence or two on what the job does
 * @param sections lines that stand under the flags, such as formats, results and examples
 */
public record JobHelp(String description, String sections) {

  private static final String ENVIRONMENT =
      """

      Environment:
        JAVA_HOME               Java 17 or newer
        TOUCHSTONE_JAVA_OPTS    more flags for the JVM, such as -Xmx16g
        TOUCHSTONE_LOG_LEVEL    off error warn info debug trace (default: warn)
        SPARK_HOME              whose bin/spark-submit serves --master
        MAVEN_OPTS              for the build that the first call does
      """;

  static void describe(UsageMessageSpec usage, JobSpec job, Map<Topic, List<OptionSpec>> topics) {
    usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, help -> byTopic(help, topics));
    String folders =
        job.folders().stream()
            .map(folder -> folder.flag() + " " + folder.shape() + " ")
            .collect(Collectors.joining());
    usage
        .customSynopsis(
            "jobs/" + job.name() + " " + job.operand().synopsis() + " " + folders + "[FLAGS]")
        .description("%n" + job.help().description() + "%n")
        .width(100)
        .sortOptions(false);
    StringBuilder footer = new StringBuilder(job.help().sections()).append("\nExit status:\n");
    for (ExitStatus status : ExitStatus.values()) {
      if (status.isOf(job)) {
        footer.append("  " + status.code() + "  " + status.meaning() + "\n");
      }
    }
    footer.append(ENVIRONMENT);
    usage.footer(escaped(footer.toString()).lines().toArray(String[]::new));
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
