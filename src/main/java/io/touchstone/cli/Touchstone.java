package io.touchstone.cli;

import io.touchstone.cli.call.Destination;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.JobCall;
import io.touchstone.cli.call.JobFlags;
import io.touchstone.cli.call.JobSpec;
import io.touchstone.cli.call.Terminal;
import io.touchstone.cli.call.Toggle;
import io.touchstone.cli.call.Version;
import io.touchstone.cli.job.AnnotateCommand;
import io.touchstone.cli.job.CalibrateCommand;
import io.touchstone.cli.job.Command;
import io.touchstone.cli.job.EngineGenerators;
import io.touchstone.cli.job.EngineScorers;
import io.touchstone.cli.job.EvaluateCommand;
import io.touchstone.cli.job.FilterCommand;
import io.touchstone.cli.job.GenerateCommand;
import io.touchstone.cli.job.GeneratorSource;
import io.touchstone.cli.job.ImproveCommand;
import io.touchstone.cli.job.JobRun;
import io.touchstone.cli.job.LedgerCommand;
import io.touchstone.cli.job.ReportCommand;
import io.touchstone.cli.job.ScorerSource;
import io.touchstone.cli.job.SelectCommand;
import io.touchstone.files.ScratchFolder;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.problem.RefusedFolder;
import io.touchstone.problem.Told;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program: the first argument names the job, the rest is the job's. */
public final class Touchstone {
  private static final Logger LOG = LoggerFactory.getLogger(Touchstone.class);
  private static final String NAME = "touchstone";
  static final String GOES_ON = "The same command run again goes on where this one ended";
  private static final String USAGE =
      """
      Scores conversations with reward models and generates candidates, on Spark.

      Usage: jobs/JOB [ARGUMENTS]

      Jobs:
        generate   answers the prompt of every row, once or several times
        annotate   scores every conversation of the input; each line comes back with its score
        select     the best of each row's candidates, or preference pairs of them
        filter     parts rows into those to keep and those to drop, by their scores
        evaluate   a benchmark's table as its authors define it, with intervals
        calibrate  from scores and human labels to a map from scores to labels
        ledger     what scores a ledger has, and fewer files for it
        improve    responses, feedback on the best, edits by it, and the best of all
        report     a page on a result's scores, and on how they differ from an older one's

      jobs/JOB --help says more.
      """;

  private final List<Command> commands;
  private final Terminal terminal;

  Touchstone(ScorerSource scorers, GeneratorSource generators, Terminal terminal) {
    this.commands =
        List.of(
            new GenerateCommand(generators),
            new AnnotateCommand(scorers),
            new SelectCommand(scorers),
            new FilterCommand(),
            new EvaluateCommand(scorers),
            new CalibrateCommand(),
            new LedgerCommand(),
            new ImproveCommand(generators, scorers),
            new ReportCommand());
    this.terminal = terminal;
  }

  private Touchstone(List<Command> commands, Terminal terminal) {
    this.commands = commands;
    this.terminal = terminal;
  }

  public static void main(String[] args) {
    Terminal terminal = Terminal.ofProcess();
    String name = args.length == 0 ? NAME : NAME + " " + args[0];
    Interruption.listen(name, terminal);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> LOG.error("{} has ended: {}", thread.getName(), failure, failure));
    ScratchFolder.ofThisProcess();
    Touchstone program = new Touchstone(new EngineScorers(), new EngineGenerators(), terminal);
    ProcessEnd.with(program.run(List.of(args)));
  }

  /** Everything that {@code main} does but to end the process. */
  ExitStatus run(List<String> args) {
    return new Touchstone(commands, terminal.hiding(args)).answer(args);
  }

  private ExitStatus answer(List<String> args) {
    String first = args.isEmpty() ? Toggle.HELP.flag() : args.get(0);
    return switch (first) {
      case "--help", "-h", "help" -> say(USAGE);
      case "--version" -> say(version());
      default ->
          commands.stream()
              .filter(command -> command.spec().name().equals(first))
              .findFirst()
              .map(command -> run(command, args.subList(1, args.size())))
              .orElseGet(() -> unknown(first));
    };
  }

  private ExitStatus unknown(String name) {
    String names =
        commands.stream().map(each -> each.spec().name()).collect(Collectors.joining(", "));
    String found = "'" + name + "'; --help says more";
    return refuse(NAME, List.of(Problem.at("JOB").expected(names).found(found)));
  }

  private ExitStatus run(Command command, List<String> args) {
    JobFlags flags = new JobFlags(command.spec());
    Problems problems = new Problems();
    JobCall call = flags.parse(args, problems);
    Set<Toggle> toggles = call.toggles();
    if (args.isEmpty() || toggles.contains(Toggle.HELP)) {
      return say(flags.help(terminal.columns()));
    }
    if (toggles.contains(Toggle.VERSION)) {
      return say(version());
    }
    String name = NAME + " " + command.spec().name();
    try {
      return JobRun.of(command, call, terminal, problems).run(command);
    } catch (RefusedFolder e) {
      ExitStatus status = refuse(name, e.problems());
      terminal.complain(waysOn(command.spec()));
      return status;
    } catch (Refused e) {
      return refuse(name, e.problems());
    } catch (Throwable e) {
      // Scala throws what it does not declare, and Hadoop's FSError of a full disk is an Error.
      return fail(name, e, toggles);
    }
  }

  private static String waysOn(JobSpec job) {
    String folders =
        job.folders().stream().map(Destination::flag).collect(Collectors.joining(" and "));
    String first =
        job.toggles().contains(Toggle.RESTART)
            ? Toggle.RESTART.flag() + " throws that result away and begins anew"
            : "delete that result, and the same command begins anew";
    return "Two ways on: " + first + "; or another " + folders + ", which leaves it as it is.";
  }

  private static String version() {
    return Version.ofProgram() + "\n";
  }

  private ExitStatus say(String text) {
    terminal.say(text);
    return ExitStatus.DONE;
  }

  private ExitStatus refuse(String name, List<String> problems) {
    terminal.complain(
        name + ": " + problems.size() + (problems.size() == 1 ? " problem:" : " problems:"));
    problems.forEach(problem -> terminal.complain("  " + problem.replace("\n", "\n  ")));
    return ExitStatus.WRONG_CALL;
  }

  private ExitStatus fail(String name, Throwable failure, Set<Toggle> toggles) {
    if (Interruption.isUnderWay()) {
      // What fails now does so because of it.
      return ExitStatus.FAILED;
    }
    terminal.complain(name + ": the job failed: " + indented(message(failure)));
    FullDisk.told(failure).ifPresent(told -> terminal.complain("  " + told));
    if (toggles.contains(Toggle.STACKTRACE)) {
      terminal.complain(ExceptionUtils.getStackTrace(failure).strip());
      return ExitStatus.FAILED;
    }
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (!isRepeated(Told.by(failure), Told.by(cause))) {
        terminal.complain("  caused by: " + indented(message(cause)));
      }
    }
    terminal.complain(GOES_ON + "; with --stacktrace it says more.");
    return ExitStatus.FAILED;
  }

  /** Spark quotes what a task threw, and what a task threw quotes its cause. */
  private static boolean isRepeated(String told, String cause) {
    return !told.isEmpty() && !cause.isEmpty() && (told.contains(cause) || cause.contains(told));
  }

  private static String indented(String lines) {
    return lines.replace("\n", "\n    ");
  }

  private static String message(Throwable failure) {
    String detail = Told.by(failure);
    return failure.getClass().getSimpleName() + (detail.isEmpty() ? "" : ": " + detail);
  }
}
