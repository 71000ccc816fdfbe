package io.touchstone.cli.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * What a job's {@code --help} teaches beside its flags; all texts are format strings to picocli.
 *
 * @param description a sentence or two on what the job does
 * @param sections lines that stand under the flags, such as formats, results and examples
 */
public record JobHelp(String description, List<String> sections) {

  private static final List<String> ENVIRONMENT =
      List.of(
          "%nEnvironment:",
          "  JAVA_HOME               Java 17 or newer",
          "  TOUCHSTONE_JAVA_OPTS    more flags for the JVM, such as -Xmx16g",
          "  TOUCHSTONE_LOG_LEVEL    off error warn info debug trace (default: warn)",
          "  SPARK_HOME              whose bin/spark-submit serves --master",
          "  MAVEN_OPTS              for the build that the first call does");

  public JobHelp {
    sections = List.copyOf(sections);
  }

  static void describe(
      UsageMessageSpec usage, JobSpec job, Map<Setting.Topic, List<OptionSpec>> topics) {
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
    List<String> footer = new ArrayList<>(job.help().sections());
    footer.add("%nExit status:");
    for (ExitStatus status : ExitStatus.values()) {
      if (status.isOf(job)) {
        footer.add("  " + status.code() + "  " + status.meaning());
      }
    }
    footer.addAll(ENVIRONMENT);
    usage.footer(footer.toArray(String[]::new));
  }

  private static String byTopic(Help help, Map<Setting.Topic, List<OptionSpec>> topics) {
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
