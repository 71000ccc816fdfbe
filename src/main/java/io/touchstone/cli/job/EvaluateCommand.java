package io.touchstone.cli.job;

import io.touchstone.cli.call.Command;
import io.touchstone.cli.call.Destination;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.JobCall;
import io.touchstone.cli.call.JobSpec;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.call.Terminal;
import io.touchstone.cli.call.Toggle;
import io.touchstone.cli.call.Version;
import io.touchstone.cli.settings.AnnotateSettings;
import io.touchstone.cli.settings.EvaluateSettings;
import io.touchstone.cli.settings.JobSettings;
import io.touchstone.cli.settings.RejectionLimit;
import io.touchstone.cli.text.EvaluateHelp;
import io.touchstone.cli.text.ProgressDisplay;
import io.touchstone.cli.text.Summary;
import io.touchstone.files.Compression;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.jobs.annotate.RowWriting;
import io.touchstone.jobs.evaluate.EvaluateConfig;
import io.touchstone.jobs.evaluate.EvaluateJob;
import io.touchstone.jobs.evaluate.EvaluatePlan;
import io.touchstone.jobs.evaluate.EvaluateReport;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.selection.benchmark.Benchmark;
import io.touchstone.selection.benchmark.EvaluationTable;
import io.touchstone.selection.benchmark.ScoreChoice;
import io.touchstone.spark.annotate.AnnotateJob;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** {@code evaluate}: a benchmark's table. */
public final class EvaluateCommand implements Command {
  private static final JobSpec SPEC =
      new JobSpec(
          "evaluate",
          List.of(Destination.OUTPUT),
          EvaluateSettings.ALL,
          Optional.of(EvaluateSettings.MODEL),
          Toggle.OF_ANY_JOB,
          EvaluateHelp.help());

  private final ScorerSource scorers;
  private final Terminal around;

  public EvaluateCommand(ScorerSource scorers, Terminal around) {
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
    Optional<Benchmark> benchmark = settings.get(EvaluateSettings.BENCHMARK);
    if (benchmark.isEmpty()) {
      throw Refused.because(
          "--benchmark: expected " + EvaluateSettings.names() + ", found nothing");
    }
    EvaluateConfig config = config(call, settings, benchmark.get());
    return EvaluateSettings.hasModel(settings)
        ? scoreFirst(call, settings, config)
        : finish(call, settings, EvaluatePlan.of(config, JobSettings.hadoop(settings)), null);
  }

  private static EvaluateConfig config(JobCall call, Settings settings, Benchmark benchmark) {
    return new EvaluateConfig(
        benchmark,
        call.inputs(),
        call.folder(Destination.OUTPUT),
        settings.get(EvaluateSettings.DOMAINS),
        new ScoreChoice(
            settings.get(EvaluateSettings.FIELD), settings.get(EvaluateSettings.ATTRIBUTE)),
        settings.get(EvaluateSettings.COMPARE),
        settings.get(EvaluateSettings.SEED),
        settings.get(AnnotateSettings.MAX_LINE_BYTES).bytes(),
        Version.ofProgram(),
        new TreeMap<>(settings.texts()));
  }

  private ExitStatus scoreFirst(JobCall call, Settings settings, EvaluateConfig config) {
    Configuration hadoop = JobSettings.hadoop(settings);
    AnnotateConfig scoring =
        new ScoringFirst(
                config.benchmark().format(),
                EvaluatePlan.scoredFolder(config.output()),
                new RejectionLimit.Unlimited())
            .config(call, settings)
            .with(new RowWriting(config.scores().field().orElse(null), null, Compression.NONE));
    ScorerFactory scorer =
        CheckedModel.of(
            around.installation().model(settings.get(EvaluateSettings.MODEL)),
            scorers,
            settings,
            () -> AnnotatePlan.of(scoring, hadoop, AnnotateCommand.NO_MODEL));
    AnnotatePlan annotate = AnnotatePlan.of(scoring, hadoop, scorer.model());
    EvaluatePlan plan = EvaluatePlan.of(config, annotate, hadoop);
    EvaluateJob.check(plan, hadoop);
    annotate.folder(hadoop).check();
    EvaluateJob.claim(plan, hadoop);
    AnnotateReport scored;
    try (SparkStart spark =
            SparkStart.of(SPEC.name(), settings.spark(), settings.get(AnnotateSettings.THREADS));
        ProgressDisplay display = ProgressDisplay.of(around, call.toggles())) {
      scored = AnnotateJob.run(spark.context(), annotate, scorer, display);
    }
    return finish(call, settings, plan, scored);
  }

  private ExitStatus finish(
      JobCall call, Settings settings, EvaluatePlan plan, @Nullable AnnotateReport scored) {
    EvaluateReport report;
    try (ProgressDisplay display = ProgressDisplay.of(around, call.toggles())) {
      report = EvaluateJob.run(plan, JobSettings.hadoop(settings), display);
    }
    if (!call.isQuiet()) {
      around.say(text(report, scored));
    }
    long unscored = scored == null ? 0 : scored.totals().rejectedLines();
    return settings
        .get(AnnotateSettings.MAX_REJECTED)
        .verdict(
            SPEC.name(),
            new RejectionLimit.Found(
                report.rows().rejectedLines() + unscored,
                report.rows().in() + unscored,
                Summary.asTyped(report.output()) + "/rejected"),
            around.err());
  }

  private static String text(EvaluateReport report, @Nullable AnnotateReport scored) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Evaluated %,d tasks of %s; the result lies in %s%n%n",
            report.evaluation().figures().count(),
            report.evaluation().benchmark().word(),
            Summary.asTyped(report.output())));
    text.append(new EvaluationTable(report.evaluation(), report.comparison()).plain());
    if (scored != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "%nScored %,d of %,d rows in %.1f s (%,d tokens presented, %,d computed).%n",
              scored.totals().out(),
              scored.totals().in(),
              scored.seconds().total(),
              scored.totals().presentedTokens(),
              scored.totals().computedTokens()));
    }
    long unscored = scored == null ? 0 : scored.totals().rejectedLines();
    long rejected = report.rows().rejectedLines() + unscored;
    if (rejected > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "%nNot counted: %,d rows, which were rejected; lines and reasons in %s%s.%n",
              rejected,
              Summary.asTyped(report.output()),
              unscored > 0 ? "/_scored/rejected and rejected" : "/rejected"));
    }
    return text.toString();
  }
}
