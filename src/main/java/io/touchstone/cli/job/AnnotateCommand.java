package io.touchstone.cli.job;

import io.touchstone.cli.call.Destination;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.Installation;
import io.touchstone.cli.call.JobSpec;
import io.touchstone.cli.call.Text;
import io.touchstone.cli.call.Toggle;
import io.touchstone.cli.settings.AnnotateSettings;
import io.touchstone.cli.settings.EncoderSettings;
import io.touchstone.cli.settings.InputSettings;
import io.touchstone.cli.settings.JudgeSettings;
import io.touchstone.cli.settings.ModelFiles;
import io.touchstone.cli.settings.ModelSettings;
import io.touchstone.cli.settings.OutputSettings;
import io.touchstone.cli.settings.RunSettings;
import io.touchstone.cli.settings.StepSettings;
import io.touchstone.cli.text.AnnotateText;
import io.touchstone.cli.text.DryRunText;
import io.touchstone.cli.text.ProgressDisplay;
import io.touchstone.cli.text.RunMetrics;
import io.touchstone.conversation.format.FieldMap;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.files.commit.OutputFolder;
import io.touchstone.files.commit.OutputState;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.jobs.annotate.Labels;
import io.touchstone.jobs.annotate.RowWriting;
import io.touchstone.jobs.annotate.RunPolicy;
import io.touchstone.jobs.calibrate.CalibrationFile;
import io.touchstone.jobs.survey.InputSurvey;
import io.touchstone.jobs.survey.SurveyReport;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.reward.LabelStyle;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.spark.annotate.AnnotateJob;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code annotate}: scores every conversation. */
public final class AnnotateCommand implements Command {
  private static final Logger LOG = LoggerFactory.getLogger(AnnotateCommand.class);

  private final ScorerSource scorers;

  public AnnotateCommand(ScorerSource scorers) {
    this.scorers = scorers;
  }

  @Override
  public JobSpec spec() {
    return new JobSpec(
        "annotate",
        List.of(Destination.OUTPUT),
        AnnotateSettings.ALL,
        Optional.of(ModelFiles.reward(ModelSettings.MODEL)),
        EnumSet.allOf(Toggle.class));
  }

  @Override
  public ExitStatus run(JobRun run) {
    Optional<InputSurvey.Extent> dryRun = run.call().dryRun();
    if (dryRun.isEmpty() && run.get(AnnotateSettings.DEVICE_MODEL).isPresent()) {
      throw Refused.because(Problem.at("--device-model").expected("--dry-run beside it").told());
    }
    if (JudgeSettings.isJudged(run.settings())
        && run.get(AnnotateSettings.DEVICE_MODEL).isPresent()) {
      throw Refused.because(
          Problem.at("--device-model")
              .expected(
                  "no --judge beside it, as how much a judge writes only the model knows"
                      + " (jobs/generate --dry-run estimates the most)")
              .found("both"));
    }
    AnnotateConfig uncalibrated = config(run);
    Path folder = run.model(run.get(ModelSettings.MODEL));
    ScorerFactory scorer = CheckedModel.of(folder, scorers, run, uncalibrated);
    refuseUnknownNames(uncalibrated.writing(), scorer.model().attributes());
    AnnotateConfig config = calibrated(uncalibrated, scorer.model(), run);
    AnnotatePlan plan = plan(config, scorer.model(), run);
    return dryRun.isPresent()
        ? survey(dryRun.get(), plan, scorer, run)
        : annotate(plan, scorer, run);
  }

  /**
   * The scorer of a call whose inputs are still to be made.
   *
   * @throws Refused with the problems of the call and the model
   */
  ScorerFactory scorer(JobRun run) {
    return CheckedModel.of(run.model(run.get(ModelSettings.MODEL)), scorers, run);
  }

  /**
   * What of a call is done.
   *
   * @throws Refused if its inputs cannot be used, or its folder is another job's
   */
  OutputState state(JobRun run, ScorerFactory scorer) {
    AnnotatePlan plan = plan(calibrated(config(run), scorer.model(), run), scorer.model(), run);
    return plan.config().policy().beginning() == RunPolicy.Beginning.RESTART
            || plan.config().output().isEmpty()
        ? new OutputState.Fresh()
        : plan.folder(run.hadoop()).check();
  }

  private static ExitStatus survey(
      InputSurvey.Extent extent, AnnotatePlan plan, ScorerFactory scorers, JobRun run) {
    try (ProgressDisplay display = run.display();
        Scorer scorer = scorers.open()) {
      SurveyReport survey = new InputSurvey(plan, run.hadoop(), scorer).run(extent, display);
      DryRunText text =
          new DryRunText(
              survey,
              scorers.model(),
              scorers.memory(),
              scorer.measure(survey.examples()),
              scorers.work(),
              run.get(AnnotateSettings.DEVICE_MODEL),
              scorers.mostWritten());
      run.terminal().say(text.text());
    }
    return ExitStatus.DONE;
  }

  private static ExitStatus annotate(AnnotatePlan plan, ScorerFactory scorer, JobRun run) {
    try (SparkStart spark = run.startSpark(RunSettings.THREADS)) {
      AnnotateReport report = annotate(plan, scorer, spark, run);
      if (run.call().isQuiet()) {
        scorer.model().reading().warnings().forEach(warning -> run.warn("%s", warning));
        ScoringFirst.warnOfRows(report, run);
      }
      run.measure(to -> RunMetrics.add(report, scorer.model().shownNames(), to));
      run.tell(summary(report, scorer, spark.seconds(), run).text());
      return run.verdict(
          report.totals().rejectedLines(),
          report.totals().in(),
          Text.path(report.rejected()),
          report.allRejected());
    }
  }

  private static AnnotateReport annotate(
      AnnotatePlan plan, ScorerFactory scorer, SparkStart spark, JobRun run) {
    try (ProgressDisplay display = run.display()) {
      return AnnotateJob.run(spark.context(), plan, scorer, display);
    }
  }

  private static AnnotateConfig config(JobRun run) {
    return new AnnotateConfig(
        run.reading(),
        run.groupBytes(),
        run.call().folder(Destination.OUTPUT),
        format(run),
        run.rules(run.get(AnnotateSettings.TURNS)),
        Labels.of(run.get(AnnotateSettings.LABELS)),
        new RowWriting(
                run.get(AnnotateSettings.FIELD).orElse(null),
                run.get(AnnotateSettings.SCALAR).orElse(null),
                run.get(OutputSettings.COMPRESS))
            .by(StepSettings.aggregate(run.settings()).orElse(null))
            .with(run.voteFields()),
        run.ledger(),
        run.provenance(AnnotateSettings.KEYS_COMPARED_AS_WRITTEN),
        new RunPolicy(
            run.call().toggles().contains(Toggle.RESTART)
                ? RunPolicy.Beginning.RESTART
                : RunPolicy.Beginning.RESUME,
            run.get(OutputSettings.MAX_REJECTED),
            run.get(RunSettings.EXECUTOR_WAIT),
            run.get(RunSettings.ROW_TIMEOUT).orElse(0)));
  }

  /** That of documents, or the one that the call names; empty to find each file's. */
  private static Optional<RowFormat> format(JobRun run) {
    Optional<String> field = run.get(EncoderSettings.TEXT_FIELD);
    if (field.isEmpty()) {
      return run.format(InputSettings.FORMAT);
    }
    String flag = EncoderSettings.TEXT_FIELD.flag();
    if (run.get(InputSettings.FORMAT).isPresent() || !run.get(InputSettings.MAP).isEmpty()) {
      throw Refused.because(
          Problem.at(flag)
              .expected("neither --format nor --map beside it: it says where a document's text is")
              .found(
                  run.get(InputSettings.FORMAT)
                      .map(format -> "--format " + format.word())
                      .orElse("--map")));
    }
    try {
      return Optional.of(RowFormat.documents(FieldMap.ofText(field.get())));
    } catch (IllegalArgumentException e) {
      throw Refused.because(flag + ": " + e.getMessage());
    }
  }

  private static void refuseUnknownNames(RowWriting writing, List<String> attributes) {
    Problems problems = new Problems();
    new ModelNames("an attribute of the model", attributes)
        .check("--scalar", writing.names(), problems);
    problems.refuseIfAny();
  }

  private static AnnotateConfig calibrated(
      AnnotateConfig config, ModelDescription model, JobRun run) {
    if (model.steps().areJudged() && config.labels().style() == LabelStyle.ROUNDED) {
      throw Refused.because(
          Problem.at("--labels")
              .expected("float, as rewards of steps lie between 0 and 1")
              .found("rounded"));
    }
    Optional<String> file = run.get(AnnotateSettings.CALIBRATION);
    if (file.isEmpty()) {
      return config;
    }
    if (config.labels().style() != LabelStyle.ROUNDED) {
      throw Refused.because(
          Problem.at("--calibration").expected("--labels rounded beside it").found("float"));
    }
    if (model.isAsked()) {
      throw Refused.because(
          Problem.at("--calibration")
              .expected("a model that is not asked: the file knows the model, and no question")
              .found(model.isJudged() ? "--judge" : "--answer-tokens"));
    }
    return config.with(
        new Labels(
            config.labels().style(), CalibrationFile.read(file.get(), run.hadoop()).of(model)));
  }

  private static AnnotatePlan plan(AnnotateConfig config, ModelDescription model, JobRun run) {
    boolean inColumns = run.writesColumns();
    AnnotatePlan lines = AnnotatePlan.of(config, run.hadoop(), model);
    AnnotatePlan plan = inColumns ? lines.inColumns(run.hadoop()) : lines;
    LOG.debug("plan: {} files, {} pieces", plan.files().size(), plan.pieces().size());
    if (config.output().isEmpty()) {
      return plan;
    }
    OutputFolder folder = plan.folder(run.hadoop());
    switch (config.policy().beginning()) {
      case RESUME -> folder.check();
      case RESTART -> folder.checkDiscardable();
    }
    return plan;
  }

  private static AnnotateText summary(
      AnnotateReport report, ScorerFactory scorer, double sparkSeconds, JobRun run) {
    return new AnnotateText(
        run.showsText() ? report : report.withoutRow(),
        scorer.model(),
        Installation.isDemo(run.get(ModelSettings.MODEL))
            ? AnnotateText.ModelOrigin.DEMO
            : AnnotateText.ModelOrigin.CHOSEN,
        run.isSameForAllReplicas(RunSettings.MEMORY) ? scorer.memory() : Optional.empty(),
        run.get(AnnotateSettings.LABELS),
        sparkSeconds);
  }
}
