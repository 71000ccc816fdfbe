package io.touchstone.cli.job;

import io.touchstone.cli.call.DataSize;
import io.touchstone.cli.call.Destination;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.JobCall;
import io.touchstone.cli.call.JobFlags;
import io.touchstone.cli.call.JobSpec;
import io.touchstone.cli.call.Precedence;
import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.call.Terminal;
import io.touchstone.cli.call.Text;
import io.touchstone.cli.call.Toggle;
import io.touchstone.cli.call.Version;
import io.touchstone.cli.settings.AskSettings;
import io.touchstone.cli.settings.InputSettings;
import io.touchstone.cli.settings.JudgeSettings;
import io.touchstone.cli.settings.ModelSettings;
import io.touchstone.cli.settings.OutputFormat;
import io.touchstone.cli.settings.OutputSettings;
import io.touchstone.cli.settings.RejectionLimit;
import io.touchstone.cli.settings.RunSettings;
import io.touchstone.cli.settings.StepSettings;
import io.touchstone.cli.text.AllRejectedText;
import io.touchstone.cli.text.MetricsText;
import io.touchstone.cli.text.ProgressDisplay;
import io.touchstone.conversation.format.FieldMap;
import io.touchstone.conversation.format.ReadRules;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.ScoredTurns;
import io.touchstone.conversation.format.TurnMarkers;
import io.touchstone.engine.PromptChoice;
import io.touchstone.files.Compression;
import io.touchstone.files.Nesting;
import io.touchstone.files.PathCredentials;
import io.touchstone.files.read.InputReading;
import io.touchstone.jobs.CommonestReason;
import io.touchstone.jobs.Provenance;
import io.touchstone.jobs.TooManyRejectedException;
import io.touchstone.jobs.annotate.LedgerChoice;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.reward.VoteField;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call whose words and configuration are in order, and what every command does around its job.
 */
public record JobRun(
    JobSpec job,
    JobCall call,
    Settings settings,
    Configuration hadoop,
    Terminal terminal,
    Optional<MetricsFile> metrics) {
  private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);
  private static final String HADOOP = "spark.hadoop.";

  /**
   * @param problems those of the command line; all others join them
   * @throws Refused with every problem of the words, flags and files
   */
  public static JobRun of(Command command, JobCall call, Terminal terminal, Problems problems) {
    JobSpec job = command.spec();
    command.check(call.inputs(), problems);
    call.inputs().stream()
        .filter(PathCredentials::areIn)
        .forEach(input -> problems.add(PathCredentials.problem(input)));
    call.folders().forEach((flag, path) -> refuseCredentials(flag, path, problems));
    for (Destination folder : job.folders()) {
      if (call.folder(folder).filter(path -> !path.isBlank()).isEmpty()
          && call.dryRun().isEmpty()) {
        problems.add(Problem.at(folder.flag()).expected(folder.shape()).found("nothing"));
      }
    }
    Settings settings =
        new Precedence(job, terminal.installation(), problems, terminal.secrets()).resolve(call);
    JobRun run =
        new JobRun(
            job,
            call,
            settings,
            hadoop(settings),
            terminal,
            metrics(job, call, settings, problems));
    if (job.settings().contains(RunSettings.LEDGER)) {
      run.keepApart(problems);
    }
    if (problems.isEmpty() && job.settings().contains(AskSettings.ASK)) {
      AskSettings.check(settings, problems);
      StepSettings.check(settings, problems);
    }
    problems.refuseIfAny();
    LOG.debug("settings: {}", settings.describe());
    return run;
  }

  private static Optional<MetricsFile> metrics(
      JobSpec job, JobCall call, Settings settings, Problems problems) {
    if (!job.settings().contains(OutputSettings.METRICS) || call.dryRun().isPresent()) {
      return Optional.empty();
    }
    Optional<Path> file = settings.get(OutputSettings.METRICS).map(Path::of);
    file.ifPresent(path -> MetricsFile.check(OutputSettings.METRICS.flag(), path, problems));
    return file.map(path -> new MetricsFile(path, job.name()));
  }

  /** Adds to what {@code --metrics} is told, if it is asked for. */
  void measure(Consumer<MetricsText> figures) {
    metrics.map(MetricsFile::figures).ifPresent(figures);
  }

  /** A ledger's files are no result's, and a folder that is begun anew is emptied. */
  private void keepApart(Problems problems) {
    Optional<String> ledger = get(RunSettings.LEDGER).filter(path -> !PathCredentials.areIn(path));
    for (Destination folder : job.folders()) {
      Optional<String> output = call.folder(folder).filter(path -> !PathCredentials.areIn(path));
      if (ledger.isPresent() && output.isPresent() && overlap(ledger.get(), output.get())) {
        problems.add(
            Problem.at(RunSettings.LEDGER.flag())
                .file(ledger.get())
                .expected(
                    "a folder of its own, which neither lies in " + folder.flag() + " nor holds it")
                .found(folder.flag() + " " + output.get()));
      }
    }
  }

  private boolean overlap(String ledger, String output) {
    try {
      return Nesting.overlap(ledger, output, hadoop);
    } catch (IOException | IllegalArgumentException e) {
      // Whoever opens the folder says what is wrong with it.
      return false;
    }
  }

  private static void refuseCredentials(String flag, String path, Problems problems) {
    if (PathCredentials.areIn(path)) {
      problems.add(flag + ": " + PathCredentials.problem(path));
    }
  }

  /** Hadoop's own settings are those of Spark that begin with {@code spark.hadoop.}. */
  private static Configuration hadoop(Settings settings) {
    Configuration hadoop = new Configuration();
    settings
        .spark()
        .forEach(
            (key, value) -> {
              if (key.startsWith(HADOOP)) {
                hadoop.set(key.substring(HADOOP.length()), value);
              }
            });
    return hadoop;
  }

  <T> T get(Setting<T> setting) {
    return settings.get(setting);
  }

  /** A folder that every call must name, unless nothing is to be written. */
  String folder(Destination destination) {
    return call.folder(destination).orElseThrow();
  }

  /** The folder that {@code --model} means. */
  Path model(String text) {
    return terminal.installation().model(text, job.model().orElseThrow());
  }

  InputReading reading() {
    return new InputReading(
        call.inputs(),
        get(InputSettings.PIECE_BYTES).bytes(),
        maxLineBytes(),
        settings.has(InputSettings.DROP_COLUMNS)
            ? get(InputSettings.DROP_COLUMNS)
            : Collections.emptySortedSet());
  }

  /**
   * Whether rows are written as columns.
   *
   * @throws Refused if these are to be compressed as lines are
   */
  boolean writesColumns() {
    if (get(OutputSettings.FORMAT) == OutputFormat.JSONL) {
      return false;
    }
    if (get(OutputSettings.COMPRESS) != Compression.NONE) {
      throw Refused.because(
          Problem.at(OutputSettings.COMPRESS.flag())
              .expected(
                  "none beside --output-format parquet, whose columns are compressed in any case")
              .found(Readers.word(get(OutputSettings.COMPRESS))));
    }
    return true;
  }

  /** As {@link io.touchstone.jobs.annotate.AnnotateConfig} has them. */
  long groupBytes() {
    return get(RunSettings.GROUP_BYTES).map(DataSize::bytes).orElse(0L);
  }

  /**
   * The format that the call names, with the fields that it maps; empty to find each file's.
   *
   * @throws Refused if the map is none of the format's fields
   */
  Optional<RowFormat> format(Setting<Optional<RowFormat>> setting) {
    Optional<RowFormat> format = get(setting);
    FieldMap map = get(InputSettings.MAP);
    if (map.isEmpty()) {
      return format;
    }
    String flag = InputSettings.MAP.flag();
    if (format.isEmpty()) {
      throw Refused.because(
          Problem.at(flag).expected("--format beside it, whose fields it maps").found("none"));
    }
    try {
      return Optional.of(format.get().mapped(map));
    } catch (IllegalArgumentException e) {
      throw Refused.because(flag + ": " + e.getMessage());
    }
  }

  /** How rows are read for the model's prompt. */
  ReadRules rules(ScoredTurns scored) {
    ReadRules rules =
        new ReadRules(
            scored,
            get(InputSettings.SYSTEM_COLUMN),
            get(InputSettings.TOOLS),
            TurnMarkers.TURNS,
            AskSettings.columns(settings));
    return get(ModelSettings.PROMPT) == PromptChoice.STEERLM ? rules.forSteerLm() : rules;
  }

  /** What of a judge's votes is written into rows. */
  SortedSet<VoteField> voteFields() {
    return new TreeSet<>(JudgeSettings.voteFields(settings));
  }

  long maxLineBytes() {
    return get(InputSettings.MAX_LINE_BYTES).bytes();
  }

  Provenance provenance(Set<String> compared) {
    return new Provenance(Version.ofProgram(), new TreeMap<>(settings.texts()), compared);
  }

  SparkStart startSpark(Setting<OptionalInt> threads) {
    return SparkStart.of(job.name(), settings.spark(), get(threads));
  }

  ProgressDisplay display() {
    return ProgressDisplay.of(terminal, call.toggles());
  }

  /** Whether text of a conversation may stand in the summary: who reads it has asked for it. */
  boolean showsText() {
    return terminal.audience() == Terminal.Audience.CALLER
        || call.toggles().contains(Toggle.SHOW_TEXT);
  }

  /**
   * Whether one plan for the memory holds everywhere: without a budget each executor plans for its
   * own machine, which may be unlike this one.
   */
  boolean isSameForAllReplicas(Setting<Optional<DataSize>> memory) {
    return get(memory).isPresent()
        || settings.spark().getOrDefault(JobFlags.SPARK_MASTER, "local").startsWith("local");
  }

  /** Prints a summary, unless the call wants none. */
  void tell(String summary) {
    if (!call.isQuiet()) {
      terminal.say(summary);
    }
  }

  /** Prints a line that names the job, such as why it does not end well. */
  void warn(String pattern, @Nullable Object... values) {
    terminal.complain("touchstone " + job.name() + ": " + Text.of(pattern, values));
  }

  /**
   * How the job ends that rejected so many of all lines; says why if there were too many.
   *
   * @param at where the rejected lines lie, as users type it
   */
  ExitStatus verdict(long rejected, long in, String at) {
    RejectionLimit limit = get(OutputSettings.MAX_REJECTED);
    if (!limit.isExceeded(rejected, in)) {
      return ExitStatus.DONE;
    }
    warn(
        "%,d of %,d lines rejected, more than --max-rejected %s allows; lines and reasons in %s",
        rejected, in, limit, at);
    return ExitStatus.TOO_MANY_REJECTED;
  }

  /**
   * As {@link #verdict(long, long, String)}; a job that could use none of its lines has not done
   * what it was started for, whatever may be rejected.
   *
   * @param allRejected why, where not one line was used
   */
  ExitStatus verdict(long rejected, long in, String at, Optional<CommonestReason> allRejected) {
    if (allRejected.isEmpty()) {
      return verdict(rejected, in, at);
    }
    warn("%s; lines and reasons in %s", AllRejectedText.of(allRejected.get()), at);
    return ExitStatus.TOO_MANY_REJECTED;
  }

  /**
   * Does the job; says so if it is stopped because too many would be rejected. However it ends,
   * {@code --metrics} is told.
   */
  public ExitStatus run(Command command) {
    ExitStatus status = ExitStatus.FAILED;
    try {
      status = ran(command);
      return status;
    } catch (Refused e) {
      status = ExitStatus.WRONG_CALL;
      throw e;
    } finally {
      tellMetrics(status);
    }
  }

  /** The job's end is the job's: what watches it sees that the file has become old. */
  private void tellMetrics(ExitStatus status) {
    if (metrics.isPresent()) {
      try {
        metrics.get().write(status);
      } catch (IOException e) {
        warn("%s: cannot be written: %s", OutputSettings.METRICS.flag(), e);
      }
    }
  }

  private ExitStatus ran(Command command) {
    try {
      return command.run(this);
    } catch (TooManyRejectedException e) {
      warn(
          "stopped: %s, more than --max-rejected %s allows; finished pieces are kept, and with a"
              + " higher limit the same command goes on",
          e.getMessage(), get(OutputSettings.MAX_REJECTED));
      return ExitStatus.TOO_MANY_REJECTED;
    }
  }

  /** Where the job looks for known scores. */
  LedgerChoice ledger() {
    return LedgerChoice.of(get(RunSettings.LEDGER));
  }
}
