package io.touchstone.cli;

import io.touchstone.checkpoint.CheckpointException;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.spark.AnnotateConfig;
import io.touchstone.spark.AnnotateJob;
import io.touchstone.spark.AnnotatePlan;
import io.touchstone.spark.AnnotateReport;
import io.touchstone.spark.InputException;
import io.touchstone.spark.OutputException;
import io.touchstone.spark.OutputFolder;
import io.touchstone.spark.RunPolicy;
import io.touchstone.spark.TooManyRejectedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code annotate}: everything that needs no Spark is weighed before Spark starts. */
final class AnnotateCommand {
  private static final Logger LOG = LoggerFactory.getLogger(AnnotateCommand.class);
  static final String JOB = "annotate";
  private static final String HADOOP = "spark.hadoop.";
  private static final ModelDescription NO_MODEL =
      new ModelDescription("", "", "", List.of(), 0, "", "", "");

  private final ScorerSource scorers;
  private final Surroundings around;

  AnnotateCommand(ScorerSource scorers, Surroundings around) {
    this.scorers = scorers;
    this.around = around;
  }

  /**
   * @throws CallException if anything about the call is wrong
   */
  ExitStatus run(AnnotateCall call, Problems problems) {
    Settings settings = settings(call, problems);
    AnnotateConfig config = config(call, settings);
    Configuration hadoop = hadoop(settings);
    ScorerFactory scorer = scorer(config, settings, hadoop);
    AnnotatePlan plan = plan(config, hadoop, scorer.model());

    long start = System.nanoTime();
    try (JavaSparkContext spark =
        SparkStart.open(JOB, settings.spark(), settings.get(AnnotateSettings.THREADS))) {
      double sparkSeconds = (System.nanoTime() - start) / 1e9;
      AnnotateReport report;
      try (ProgressDisplay display = ProgressDisplay.of(around, call.toggles())) {
        report = AnnotateJob.run(spark, plan, scorer, display);
      } catch (OutputException e) {
        throw new CallException(e.problems());
      } catch (TooManyRejectedException e) {
        return stopped(e, settings.get(AnnotateSettings.MAX_REJECTED));
      }
      if (!call.toggles().contains(Toggle.QUIET)) {
        around.out().print(summary(report, scorer, settings, sparkSeconds).text());
        around.out().flush();
      }
      return verdict(report, settings.get(AnnotateSettings.MAX_REJECTED));
    }
  }

  private Settings settings(AnnotateCall call, Problems problems) {
    if (call.inputs().isEmpty()) {
      problems.add("INPUT: expected a file, folder or glob, found nothing");
    }
    if (call.output().isBlank()) {
      problems.add("--output: expected DIR, found nothing");
    }
    Settings settings =
        new Precedence(AnnotateSettings.ALL, problems)
            .resolve(
                new Precedence.Sources(
                    call.settings(), call.confFiles(), around.installation(), JOB),
                AnnotateSettings.MODEL);
    problems.refuseIfAny();
    LOG.debug("settings: {}", settings.describe());
    return settings;
  }

  private static AnnotateConfig config(AnnotateCall call, Settings settings) {
    return new AnnotateConfig(
        call.inputs(),
        call.output(),
        settings.get(AnnotateSettings.FORMAT),
        settings.get(AnnotateSettings.TURNS),
        settings.get(AnnotateSettings.LABELS),
        settings.get(AnnotateSettings.PIECE_BYTES).bytes(),
        settings.get(AnnotateSettings.MAX_LINE_BYTES).bytes(),
        "touchstone " + Version.text(),
        new TreeMap<>(settings.texts()),
        AnnotateSettings.KEYS_COMPARED_AS_WRITTEN,
        policy(call, settings));
  }

  private static RunPolicy policy(AnnotateCall call, Settings settings) {
    return new RunPolicy(
        call.toggles().contains(Toggle.RESTART)
            ? RunPolicy.Beginning.RESTART
            : RunPolicy.Beginning.RESUME,
        settings.get(AnnotateSettings.MAX_REJECTED),
        settings.get(AnnotateSettings.EXECUTOR_WAIT));
  }

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

  /** A bad model folder must not hide bad inputs: both are reported. */
  private ScorerFactory scorer(AnnotateConfig config, Settings settings, Configuration hadoop) {
    Path model = around.installation().model(settings.get(AnnotateSettings.MODEL));
    Problems problems = new Problems();
    try {
      return scorers.of(model, settings);
    } catch (CheckpointException e) {
      e.problems().forEach(problem -> problems.add("model " + model + ": " + problem));
    } catch (IllegalArgumentException e) {
      problems.add("model " + model + ": " + e.getMessage());
    }
    try {
      AnnotatePlan.of(config, hadoop, NO_MODEL);
    } catch (InputException e) {
      problems.addAll(e.problems());
    }
    throw new CallException(problems.found());
  }

  private static AnnotatePlan plan(
      AnnotateConfig config, Configuration hadoop, ModelDescription model) {
    try {
      AnnotatePlan plan = AnnotatePlan.of(config, hadoop, model);
      LOG.debug("plan: {} files, {} pieces", plan.files().size(), plan.pieces().size());
      OutputFolder folder = OutputFolder.of(plan, hadoop);
      switch (config.policy().beginning()) {
        case RESUME -> folder.check();
        case RESTART -> folder.checkDiscardable();
      }
      return plan;
    } catch (InputException e) {
      throw new CallException(e.problems());
    } catch (OutputException e) {
      throw new CallException(e.problems());
    }
  }

  private static Summary summary(
      AnnotateReport report, ScorerFactory scorer, Settings settings, double sparkSeconds) {
    return new Summary(
        report,
        scorer.model(),
        Installation.isDemo(settings.get(AnnotateSettings.MODEL))
            ? Summary.ModelOrigin.DEMO
            : Summary.ModelOrigin.CHOSEN,
        isSameForAllReplicas(settings) ? scorer.memory() : Optional.empty(),
        settings.get(AnnotateSettings.LABELS),
        sparkSeconds);
  }

  /** Without a budget each executor plans for its own machine, which may be unlike this one. */
  private static boolean isSameForAllReplicas(Settings settings) {
    return settings.get(AnnotateSettings.MEMORY).isPresent()
        || settings.spark().getOrDefault(AnnotateFlags.SPARK_MASTER, "local").startsWith("local");
  }

  private ExitStatus stopped(TooManyRejectedException why, RejectionLimit limit) {
    around
        .err()
        .printf(
            Locale.ROOT,
            "touchstone %s: stopped: %s, more than --max-rejected %s allows; finished pieces are"
                + " kept, and with a higher limit the same command goes on%n",
            JOB,
            why.getMessage(),
            limit);
    return ExitStatus.TOO_MANY_REJECTED;
  }

  private ExitStatus verdict(AnnotateReport report, RejectionLimit limit) {
    long rejected = report.totals().rejectedLines();
    if (!limit.isExceeded(rejected, report.totals().in())) {
      return ExitStatus.DONE;
    }
    around
        .err()
        .printf(
            Locale.ROOT,
            "touchstone %s: %,d of %,d lines rejected, more than --max-rejected %s allows;"
                + " lines and reasons in %s/rejected%n",
            JOB,
            rejected,
            report.totals().in(),
            limit,
            Summary.resultOf(report));
    return ExitStatus.TOO_MANY_REJECTED;
  }
}
