package io.touchstone.cli.job;

import io.touchstone.cli.call.Command;
import io.touchstone.cli.call.Destination;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.Installation;
import io.touchstone.cli.call.JobCall;
import io.touchstone.cli.call.JobFlags;
import io.touchstone.cli.call.JobSpec;
import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.call.Terminal;
import io.touchstone.cli.call.Toggle;
import io.touchstone.cli.settings.AnnotateSettings;
import io.touchstone.cli.settings.JobSettings;
import io.touchstone.cli.settings.OutputFormat;
import io.touchstone.cli.settings.RejectionLimit;
import io.touchstone.cli.text.AnnotateHelp;
import io.touchstone.cli.text.DryRunText;
import io.touchstone.cli.text.ProgressDisplay;
import io.touchstone.cli.text.Summary;
import io.touchstone.files.Compression;
import io.touchstone.files.commit.OutputFolder;
import io.touchstone.jobs.TooManyRejectedException;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.jobs.annotate.Labels;
import io.touchstone.jobs.annotate.LedgerChoice;
import io.touchstone.jobs.annotate.RowWriting;
import io.touchstone.jobs.annotate.RunPolicy;
import io.touchstone.jobs.calibrate.CalibrationFile;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.reward.LabelStyle;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.selection.formula.NearestName;
import io.touchstone.spark.annotate.AnnotateJob;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code annotate}: scores every conversation. */
public final class AnnotateCommand implements Command {
  private static final Logger LOG = LoggerFactory.getLogger(AnnotateCommand.class);
  private static final JobSpec SPEC =
      new JobSpec(
          "annotate",
          List.of(Destination.OUTPUT),
          AnnotateSettings.ALL,
          Optional.of(AnnotateSettings.MODEL),
          EnumSet.allOf(Toggle.class),
          AnnotateHelp.help());
  static final ModelDescription NO_MODEL =
      new ModelDescription("", "", "", List.of(), 0, "", "", "", "");

  private final ScorerSource scorers;
  private final Terminal around;

  public AnnotateCommand(ScorerSource scorers, Terminal around) {
    this.scorers = scorers;
    this.around = around;
  }

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public ExitStatus run(JobCall call, Problems problems) {
    Settings settings = JobSettings.of(SPEC, call, around.installation(), problems);
    if (call.dryRun().isEmpty() && settings.get(AnnotateSettings.DEVICE_MODEL).isPresent()) {
      throw Refused.because("--device-model: expected --dry-run beside it");
    }
    AnnotateConfig uncalibrated = config(call, settings);
    Configuration hadoop = JobSettings.hadoop(settings);
    ScorerFactory scorer =
        CheckedModel.of(
            around.installation().model(settings.get(AnnotateSettings.MODEL)),
            scorers,
            settings,
            () -> AnnotatePlan.of(uncalibrated, hadoop, NO_MODEL));
    refuseUnknownNames(uncalibrated.writing(), scorer.model().attributes());
    AnnotateConfig config = calibrated(uncalibrated, settings, hadoop, scorer.model());
    AnnotatePlan plan =
        plan(config, hadoop, scorer.model(), settings.get(AnnotateSettings.OUTPUT_FORMAT));
    if (call.dryRun().isPresent()) {
      DryRun dryRun = new DryRun(plan, scorer, hadoop);
      try (ProgressDisplay display = ProgressDisplay.of(around, call.toggles())) {
        DryRunText text =
            dryRun.run(call.dryRun().get(), settings.get(AnnotateSettings.DEVICE_MODEL), display);
        around.say(text.text());
      }
      return ExitStatus.DONE;
    }

    try (SparkStart spark =
        SparkStart.of(SPEC.name(), settings.spark(), settings.get(AnnotateSettings.THREADS))) {
      AnnotateReport report;
      try (ProgressDisplay display = ProgressDisplay.of(around, call.toggles())) {
        report = AnnotateJob.run(spark.context(), plan, scorer, display);
      } catch (TooManyRejectedException e) {
        return settings.get(AnnotateSettings.MAX_REJECTED).stopped(SPEC.name(), e, around.err());
      }
      if (!call.isQuiet()) {
        around.say(summary(report, scorer, settings, spark.seconds()).text());
      }
      return settings
          .get(AnnotateSettings.MAX_REJECTED)
          .verdict(
              SPEC.name(),
              new RejectionLimit.Found(
                  report.totals().rejectedLines(),
                  report.totals().in(),
                  Summary.resultOf(report) + "/rejected"),
              around.err());
    }
  }

  private static AnnotateConfig config(JobCall call, Settings settings) {
    return new AnnotateConfig(
        JobSettings.reading(call, settings),
        call.folder(Destination.OUTPUT),
        settings.get(AnnotateSettings.FORMAT),
        settings.get(AnnotateSettings.TURNS),
        Labels.of(settings.get(AnnotateSettings.LABELS)),
        new RowWriting(
            settings.get(AnnotateSettings.FIELD).orElse(null),
            settings.get(AnnotateSettings.SCALAR).orElse(null),
            settings.get(AnnotateSettings.COMPRESS)),
        LedgerChoice.of(settings.get(AnnotateSettings.LEDGER)),
        JobSettings.provenance(settings, AnnotateSettings.KEYS_COMPARED_AS_WRITTEN),
        policy(call, settings));
  }

  /** What the model will give is known before it does. */
  private static void refuseUnknownNames(RowWriting writing, List<String> attributes) {
    Problems problems = new Problems();
    for (String name : writing.names()) {
      if (!attributes.contains(name)) {
        problems.add(
            "--scalar: expected an attribute of the model ("
                + String.join(", ", attributes)
                + "), found "
                + name
                + NearestName.of(name, attributes).map(near -> " (" + near + "?)").orElse(""));
      }
    }
    problems.refuseIfAny();
  }

  private static RunPolicy policy(JobCall call, Settings settings) {
    return new RunPolicy(
        call.toggles().contains(Toggle.RESTART)
            ? RunPolicy.Beginning.RESTART
            : RunPolicy.Beginning.RESUME,
        settings.get(AnnotateSettings.MAX_REJECTED),
        settings.get(AnnotateSettings.EXECUTOR_WAIT),
        settings.get(AnnotateSettings.ROW_TIMEOUT).orElse(0));
  }

  private static AnnotateConfig calibrated(
      AnnotateConfig config, Settings settings, Configuration hadoop, ModelDescription model) {
    String file = settings.get(AnnotateSettings.CALIBRATION);
    if (file.isEmpty()) {
      return config;
    }
    if (config.labels().style() != LabelStyle.ROUNDED) {
      throw Refused.because("--calibration: expected --labels rounded beside it, found float");
    }
    return config.with(
        new Labels(config.labels().style(), CalibrationFile.read(file, hadoop).of(model)));
  }

  private static AnnotatePlan plan(
      AnnotateConfig config, Configuration hadoop, ModelDescription model, OutputFormat format) {
    if (format == OutputFormat.PARQUET && config.writing().compression() != Compression.NONE) {
      throw Refused.because(
          "--compress: expected none beside --output-format parquet, whose columns are"
              + " compressed in any case, found "
              + Readers.word(config.writing().compression()));
    }
    AnnotatePlan lines = AnnotatePlan.of(config, hadoop, model);
    AnnotatePlan plan =
        switch (format) {
          case JSONL -> lines;
          case PARQUET -> lines.inColumns(hadoop);
        };
    LOG.debug("plan: {} files, {} pieces", plan.files().size(), plan.pieces().size());
    if (config.output().isEmpty()) {
      return plan;
    }
    OutputFolder folder = plan.folder(hadoop);
    switch (config.policy().beginning()) {
      case RESUME -> folder.check();
      case RESTART -> folder.checkDiscardable();
    }
    return plan;
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
        || settings.spark().getOrDefault(JobFlags.SPARK_MASTER, "local").startsWith("local");
  }
}
