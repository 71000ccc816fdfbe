package io.touchstone.cli.job;

import io.touchstone.cli.call.Destination;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.JobSpec;
import io.touchstone.cli.call.Text;
import io.touchstone.cli.call.Toggle;
import io.touchstone.cli.settings.EvaluateSettings;
import io.touchstone.cli.settings.ModelFiles;
import io.touchstone.cli.settings.RejectionLimit;
import io.touchstone.cli.settings.RunSettings;
import io.touchstone.cli.settings.StepSettings;
import io.touchstone.cli.text.EvaluateText;
import io.touchstone.cli.text.ProgressDisplay;
import io.touchstone.cli.text.RunMetrics;
import io.touchstone.files.Compression;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.jobs.annotate.RowWriting;
import io.touchstone.jobs.evaluate.EvaluateConfig;
import io.touchstone.jobs.evaluate.EvaluateJob;
import io.touchstone.jobs.evaluate.EvaluatePlan;
import io.touchstone.jobs.evaluate.EvaluateReport;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import io.touchstone.selection.benchmark.Benchmark;
import io.touchstone.selection.benchmark.ScoreChoice;
import io.touchstone.spark.annotate.AnnotateJob;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code evaluate}: a benchmark's table. */
public final class EvaluateCommand implements Command {
  private final ScorerSource scorers;

  public EvaluateCommand(ScorerSource scorers) {
    this.scorers = scorers;
  }

  @Override
  public JobSpec spec() {
    return new JobSpec(
        "evaluate",
        List.of(Destination.OUTPUT),
        EvaluateSettings.ALL,
        Optional.of(ModelFiles.reward(EvaluateSettings.MODEL)),
        Toggle.OF_ANY_JOB);
  }

  @Override
  public ExitStatus run(JobRun run) {
    EvaluateConfig config = config(run);
    Optional<String> model = run.get(EvaluateSettings.MODEL);
    if (model.isPresent()) {
      return scoreFirst(model.get(), config, run);
    }
    EvaluatePlan plan = EvaluatePlan.of(config, run.hadoop());
    return finish(new EvaluateJob(plan, run.hadoop()), Optional.empty(), run);
  }

  private static EvaluateConfig config(JobRun run) {
    Benchmark benchmark =
        run.get(EvaluateSettings.BENCHMARK)
            .orElseThrow(
                () ->
                    Refused.because(
                        Problem.at("--benchmark")
                            .expected(EvaluateSettings.names())
                            .found("nothing")));
    return new EvaluateConfig(
        benchmark,
        run.call().inputs(),
        run.folder(Destination.OUTPUT),
        run.get(EvaluateSettings.DOMAINS),
        new ScoreChoice(run.get(EvaluateSettings.FIELD), run.get(EvaluateSettings.ATTRIBUTE)),
        run.get(EvaluateSettings.COMPARE),
        run.get(EvaluateSettings.SEED),
        run.maxLineBytes(),
        run.provenance(Set.of()));
  }

  private ExitStatus scoreFirst(String model, EvaluateConfig config, JobRun run) {
    String folder = EvaluatePlan.scoredFolder(config.output());
    AnnotateConfig scoring =
        ScoringFirst.config(config.benchmark().format(), folder, RejectionLimit.NONE, run)
            .with(
                new RowWriting(config.scores().field().orElse(null), null, Compression.NONE)
                    .by(StepSettings.aggregate(run.settings()).orElse(null))
                    .with(run.voteFields()));
    ScoringFirst first = ScoringFirst.of(scoring, model, scorers, run);
    AnnotatePlan annotate = first.plan(run.hadoop());
    EvaluatePlan plan = EvaluatePlan.of(config, annotate, run.hadoop());
    EvaluateJob job = new EvaluateJob(plan, run.hadoop());
    job.check();
    annotate.folder(run.hadoop()).check();
    job.claim();
    AnnotateReport scored;
    try (SparkStart spark = run.startSpark(RunSettings.THREADS);
        ProgressDisplay display = run.display()) {
      scored = AnnotateJob.run(spark.context(), annotate, first.scorer(), display);
    }
    ScoringFirst.warnOfRows(scored, run);
    if (scored.allRejected().isPresent()) {
      return run.verdict(
          scored.totals().rejectedLines(),
          scored.totals().in(),
          Text.path(scored.rejected()),
          scored.allRejected());
    }
    return finish(job, Optional.of(scored), run);
  }

  private static EvaluateReport evaluate(EvaluateJob job, JobRun run) {
    try (ProgressDisplay display = run.display()) {
      return job.run(display);
    }
  }

  private static ExitStatus finish(EvaluateJob job, Optional<AnnotateReport> scored, JobRun run) {
    EvaluateReport report = evaluate(job, run);
    run.measure(to -> RunMetrics.add(report.rows(), to));
    EvaluateText summary = new EvaluateText(report, scored);
    run.tell(summary.text());
    return run.verdict(
        summary.rejected(), report.rows().in() + summary.unscored(), Text.path(report.rejected()));
  }
}
