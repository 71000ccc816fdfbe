package io.touchstone.cli.call;

import io.touchstone.problem.NearestName;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of a job: what may stand on it, and what a given one says. */
public final class JobFlags {
  static final String MASTER = "--master";
  public static final String SPARK_MASTER = "spark.master";
  private static final String SPARK_CONF = "--spark-conf";

  private final JobSpec job;
  private final CommandLine line;
  private final Map<Topic, List<OptionSpec>> topics = new EnumMap<>(Topic.class);

  public JobFlags(JobSpec job) {
    this.job = job;
    CommandSpec spec = CommandSpec.create().name("jobs/" + job.name());
    spec.parser().collectErrors(true);
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel(job.operand().label())
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(job.operand().help())
            .build());
    for (Topic topic : Topic.values()) {
      List<OptionSpec> options = options(topic);
      options.forEach(spec::addOption);
      topics.put(topic, options);
    }
    // It would warn of flags that spell their value, such as --dry-run=full.
    CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF);
    line = new CommandLine(spec);
  }

  private List<OptionSpec> options(Topic topic) {
    List<OptionSpec> options = new ArrayList<>();
    for (Setting<?> setting : job.settings()) {
      if (setting.topic() == topic) {
        options.add(option(setting));
      }
    }
    options.addAll(extras(topic));
    return options;
  }

  private static OptionSpec option(Setting<?> setting) {
    String help = setting.help() + " (default:" + HelpLayout.NO_BREAK + setting.fallback() + ")";
    if (setting.times() != Setting.Times.ONCE) {
      return texts(setting.flag(), setting.shape(), help);
    }
    OptionSpec.Builder option =
        OptionSpec.builder(setting.flag()).type(String.class).description(help);
    if (setting.bare().isEmpty()) {
      return option.arity("1").paramLabel(setting.shape()).build();
    }
    option.fallbackValue(setting.bare().get());
    return setting.shape().isEmpty()
        ? option.arity("0").build()
        : option.arity("0..1").paramLabel(setting.shape()).build();
  }

  private List<OptionSpec> extras(Topic topic) {
    return switch (topic) {
      case INPUT, CHOICE, RECIPE, GENERATION, MODEL, SERVER -> List.of();
      case OUTPUT ->
          job.folders().stream()
              .map(folder -> text(folder.flag(), folder.shape(), folder.help()))
              .toList();
      case RUN -> {
        List<OptionSpec> options = new ArrayList<>();
        options.add(
            texts(
                Precedence.CONF,
                "FILE",
                "settings as 'key = value' lines, each the default of its flag; repeatable,"
                    + " later files win (keys: conf/"
                    + job.name()
                    + ".conf)"));
        options.add(
            text(
                MASTER,
                "URL",
                "a Spark cluster, through spark-submit; without it Spark runs in this process"));
        options.add(texts(SPARK_CONF, "KEY=VALUE", "a setting of Spark; repeatable"));
        for (Toggle toggle : job.toggles()) {
          options.add(toggle(toggle));
        }
        yield options;
      }
    };
  }

  private static OptionSpec text(String flag, String shape, String help) {
    return taking(flag, shape, help).type(String.class).build();
  }

  private static OptionSpec texts(String flag, String shape, String help) {
    return taking(flag, shape, help).type(List.class).auxiliaryTypes(String.class).build();
  }

  private static OptionSpec.Builder taking(String flag, String shape, String help) {
    return OptionSpec.builder(flag).arity("1").paramLabel(shape).description(help);
  }

  private static OptionSpec toggle(Toggle toggle) {
    return OptionSpec.builder(toggle.flag())
        .arity("0")
        .type(boolean.class)
        .description(toggle.help())
        .build();
  }

  /**
   * What {@code --help} prints.
   *
   * @param columns of the terminal, if there is one
   */
  public String help(OptionalInt columns) {
    return JobHelp.of(job, topics, columns.orElse(HelpLayout.USUAL));
  }

  public JobCall parse(List<String> args, Problems problems) {
    ParseResult parsed = line.parseArgs(args.toArray(String[]::new));
    for (Exception error : parsed.errors()) {
      problems.add(describe(error));
    }
    Map<String, Layer.Entry> flags = new LinkedHashMap<>();
    for (Setting<?> setting : job.settings()) {
      String flag = setting.flag();
      text(parsed, setting, problems)
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
        problems.add(Problem.at(SPARK_CONF).expected("spark.KEY=VALUE").found("'" + pair + "'"));
      }
    }
    Map<String, String> folders = new LinkedHashMap<>();
    for (Destination folder : job.folders()) {
      value(parsed, folder.flag()).ifPresent(path -> folders.put(folder.flag(), path));
    }
    return new JobCall(
        parsed.matchedPositionalValue(0, List.of()),
        folders,
        values(parsed, Precedence.CONF),
        new Layer(flags),
        job.toggles().stream()
            .filter(toggle -> parsed.hasMatchedOption(toggle.flag()))
            .collect(Collectors.toSet()));
  }

  /** The flag that someone meant: begun, with one dash or one letter, or with letters wrong. */
  private Optional<String> meant(String typed) {
    String begun = "--" + typed.replaceFirst("^-{1,2}", "");
    // What a call has to name comes first.
    List<String> flags =
        Stream.concat(
                job.folders().stream().map(Destination::flag),
                line.getCommandSpec().options().stream().map(OptionSpec::longestName))
            .toList();
    Optional<String> longer =
        flags.stream().filter(flag -> begun.length() > 2 && flag.startsWith(begun)).findFirst();
    return longer.isPresent() ? longer : NearestName.of(begun, flags);
  }

  private static Optional<String> text(ParseResult parsed, Setting<?> setting, Problems problems) {
    String flag = setting.flag();
    return switch (setting.times()) {
      case ONCE -> value(parsed, flag);
      case A_LINE_EACH -> lines(setting, values(parsed, flag), problems);
      case A_TEXT_EACH ->
          Optional.of(values(parsed, flag)).filter(each -> !each.isEmpty()).map(Texts::written);
    };
  }

  private static Optional<String> lines(Setting<?> setting, List<String> texts, Problems problems) {
    if (texts.stream().anyMatch(text -> text.lines().count() > 1 || text.endsWith("\n"))) {
      problems.add(
          Problem.at(setting.flag())
              .expected(setting.shape() + " of one line")
              .found("a line end"));
    }
    return texts.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", texts));
  }

  private static Optional<String> value(ParseResult parsed, String flag) {
    return Optional.ofNullable(parsed.matchedOptionValue(flag, null));
  }

  private static List<String> values(ParseResult parsed, String flag) {
    return parsed.matchedOptionValue(flag, List.of());
  }

  private String describe(Exception error) {
    if (error instanceof UnmatchedArgumentException unknown) {
      // What follows may be a secret.
      String typed = unknown.getUnmatched().get(0).split("=", 2)[0];
      return Problem.at(typed)
          .expected("a flag of this job")
          .found("no such flag" + meant(typed).map(flag -> " (" + flag + "?)").orElse(""));
    }
    if (error instanceof CommandLine.OverwrittenOptionException twice) {
      String flag = ((OptionSpec) twice.getOverwritten()).longestName();
      return Problem.at(flag).expected("once").found("twice");
    }
    if (error instanceof CommandLine.MissingParameterException missing
        && missing.getMissing().get(0) instanceof OptionSpec option) {
      return Problem.at(option.longestName()).expected(option.paramLabel()).found("nothing");
    }
    return String.valueOf(error.getMessage());
  }
}
