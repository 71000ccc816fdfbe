package io.touchstone.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of {@code annotate}: what may stand on it, and what a given one says. */
final class AnnotateFlags {
  static final String MASTER = "--master";
  static final String SPARK_MASTER = "spark.master";
  private static final String SPARK_CONF = "--spark-conf";

  private final CommandLine line;

  AnnotateFlags() {
    CommandSpec spec = CommandSpec.create().name("jobs/annotate");
    spec.parser().collectErrors(true);
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("INPUT")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("files, folders or globs: .jsonl .jsonl.gz .jsonl.zst .json (one array)")
            .build());
    Map<Setting.Topic, List<OptionSpec>> topics = new EnumMap<>(Setting.Topic.class);
    for (Setting.Topic topic : Setting.Topic.values()) {
      List<OptionSpec> options = options(topic);
      options.forEach(spec::addOption);
      topics.put(topic, options);
    }
    AnnotateHelp.describe(spec.usageMessage(), topics);
    line = new CommandLine(spec);
  }

  private static List<OptionSpec> options(Setting.Topic topic) {
    List<OptionSpec> options = new ArrayList<>();
    for (Setting<?> setting : AnnotateSettings.ALL) {
      if (setting.topic() == topic) {
        options.add(text(setting.flag(), setting.shape(), describe(setting)));
      }
    }
    options.addAll(extras(topic));
    return options;
  }

  private static List<OptionSpec> extras(Setting.Topic topic) {
    return switch (topic) {
      case INPUT, MODEL -> List.of();
      case OUTPUT ->
          List.of(
              text(
                  "--output",
                  "DIR",
                  "the folder that receives the result; the same command run again finishes"
                      + " what is missing in it (required)"));
      case RUN -> {
        List<OptionSpec> options = new ArrayList<>();
        options.add(
            texts(
                "--conf",
                "FILE",
                "settings as 'key = value' lines, each the default of its flag; repeatable,"
                    + " later files win (keys: conf/annotate.conf)"));
        options.add(
            text(
                MASTER,
                "URL",
                "a Spark cluster, through spark-submit; without it Spark runs in this process"));
        options.add(texts(SPARK_CONF, "KEY=VALUE", "a setting of Spark; repeatable"));
        for (Toggle toggle : Toggle.values()) {
          options.add(toggle(toggle));
        }
        yield options;
      }
    };
  }

  private static String describe(Setting<?> setting) {
    return setting.help() + " (default: " + setting.fallback() + ")";
  }

  private static OptionSpec text(String flag, String shape, String help) {
    return OptionSpec.builder(flag)
        .arity("1")
        .type(String.class)
        .paramLabel(shape)
        .description(escaped(help))
        .build();
  }

  private static OptionSpec texts(String flag, String shape, String help) {
    return OptionSpec.builder(flag)
        .arity("1")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(shape)
        .description(escaped(help))
        .build();
  }

  private static OptionSpec toggle(Toggle toggle) {
    return OptionSpec.builder(toggle.flag())
        .arity("0")
        .type(boolean.class)
        .description(toggle.help())
        .build();
  }

  /** Descriptions are format strings to picocli. */
  private static String escaped(String text) {
    return text.replace("%", "%%");
  }

  /** What {@code --help} prints. */
  String help() {
    return line.getUsageMessage(CommandLine.Help.Ansi.OFF);
  }

  AnnotateCall parse(List<String> args, Problems problems) {
    ParseResult parsed = line.parseArgs(args.toArray(String[]::new));
    for (Exception error : parsed.errors()) {
      problems.add(describe(error));
    }
    Map<String, Layer.Entry> flags = new LinkedHashMap<>();
    for (Setting<?> setting : AnnotateSettings.ALL) {
      String flag = setting.flag();
      value(parsed, flag)
          .ifPresent(text -> flags.put(setting.key(), new Layer.Entry(text, flag, flag)));
    }
    value(parsed, MASTER)
        .ifPresent(url -> flags.put(SPARK_MASTER, new Layer.Entry(url, MASTER, MASTER)));
    for (String pair : values(parsed, SPARK_CONF)) {
      int equals = pair.indexOf('=');
      if (equals > Precedence.SPARK.length() && pair.startsWith(Precedence.SPARK)) {
        flags.put(
            pair.substring(0, equals),
            new Layer.Entry(pair.substring(equals + 1), SPARK_CONF, SPARK_CONF));
      } else {
        problems.add(SPARK_CONF + ": expected spark.KEY=VALUE, found '" + pair + "'");
      }
    }
    return new AnnotateCall(
        parsed.matchedPositionalValue(0, List.of()),
        value(parsed, "--output").orElse(""),
        values(parsed, "--conf"),
        new Layer(flags),
        toggles(parsed));
  }

  private static Set<Toggle> toggles(ParseResult parsed) {
    Set<Toggle> toggles = EnumSet.noneOf(Toggle.class);
    for (Toggle toggle : Toggle.values()) {
      if (parsed.hasMatchedOption(toggle.flag())) {
        toggles.add(toggle);
      }
    }
    return toggles;
  }

  private static Optional<String> value(ParseResult parsed, String flag) {
    return Optional.ofNullable(parsed.matchedOptionValue(flag, null));
  }

  private static List<String> values(ParseResult parsed, String flag) {
    return new ArrayList<>(parsed.matchedOptionValue(flag, List.<String>of()));
  }

  private static String describe(Exception error) {
    if (error instanceof UnmatchedArgumentException unknown) {
      List<String> suggestions = unknown.getSuggestions();
      String hint = suggestions.isEmpty() ? "" : " (" + suggestions.get(0) + "?)";
      return unknown.getUnmatched().get(0)
          + ": expected a flag of this job, found no such flag"
          + hint;
    }
    if (error instanceof CommandLine.OverwrittenOptionException twice) {
      return ((OptionSpec) twice.getOverwritten()).longestName() + ": expected once, found twice";
    }
    if (error instanceof CommandLine.MissingParameterException missing
        && missing.getMissing().get(0) instanceof OptionSpec option) {
      return option.longestName() + ": expected " + option.paramLabel() + ", found nothing";
    }
    return String.valueOf(error.getMessage());
  }
}
