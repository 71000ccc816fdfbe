package io.touchstone.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What {@code jobs/annotate --help} teaches beside its flags. */
final class AnnotateHelp {
  private AnnotateHelp() {}

  private static final List<String> FORMATS =
      List.of(
          "%nFormats (found by their fields unless --format says):",
          "  steerlm     conversations of {value, from, label}, mask   -> each turn's label",
          "  helpsteer2  prompt, response                              -> reward",
          "  helpsteer3  context, response1, response2                 -> reward1, reward2",
          "  messages    messages of {role, content}                   -> reward; --turns all: rewards",
          "  sharegpt    conversations of {from, value}                -> as messages",
          "  candidates  prompt, responses                             -> rewards",
          "  preference  chosen, rejected (and prompt)                 -> chosen_reward, rejected_reward");

  private static final List<String> RESULT =
      List.of(
          "%nDIR receives:",
          "  part-00000.jsonl ...  the rows in the order of the input, with their scores",
          "  rejected/             every line that was not scored, and why",
          "  run.json              settings, model, counts, timings",
          "  _SUCCESS              when all is done");

  private static final List<String> EXAMPLES =
      List.of(
          "%nExamples:",
          "  jobs/annotate data-samples/helpsteer.jsonl --output out",
          "  jobs/annotate data/ --output labels --model Llama-3.1-Nemotron-70B-Reward-HF",
          "  jobs/annotate 'night/*.jsonl.gz' --output scored --model DIR --labels rounded"
              + " --max-rejected 1%%",
          "  jobs/annotate hdfs:/in --output hdfs:/out --model DIR --master spark://host:7077");

  private static final List<String> ENVIRONMENT =
      List.of(
          "%nEnvironment:",
          "  JAVA_HOME               Java 17 or newer",
          "  TOUCHSTONE_JAVA_OPTS    more flags for the JVM, such as -Xmx16g",
          "  TOUCHSTONE_LOG_LEVEL    off error warn info debug trace (default: warn)",
          "  SPARK_HOME              whose bin/spark-submit serves --master",
          "  MAVEN_OPTS              for the build that the first call does");

  static void describe(UsageMessageSpec usage, Map<Setting.Topic, List<OptionSpec>> topics) {
    usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, help -> byTopic(help, topics));
    usage
        .customSynopsis("jobs/annotate INPUT... --output DIR [FLAGS]")
        .description(
            "%nScores every conversation of the input with a reward model and writes each line back"
                + " with its score.%n")
        .width(100)
        .sortOptions(false);
    List<String> footer = new ArrayList<>(FORMATS);
    footer.addAll(RESULT);
    footer.addAll(EXAMPLES);
    footer.add("%nExit status:");
    for (ExitStatus status : ExitStatus.values()) {
      footer.add("  " + status.code() + "  " + status.meaning());
    }
    footer.addAll(ENVIRONMENT);
    usage.footer(footer.toArray(String[]::new));
  }

  private static String byTopic(Help help, Map<Setting.Topic, List<OptionSpec>> topics) {
    StringBuilder text = new StringBuilder();
    topics.forEach(
        (topic, options) -> {
          Help.Layout layout = help.createDefaultLayout();
          layout.addOptions(options, help.parameterLabelRenderer());
          text.append("\n").append(topic.heading()).append(":\n").append(layout);
        });
    return text.toString();
  }
}
