package io.touchstone.cli.job;

import io.touchstone.cli.call.Destination;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.Installation;
import io.touchstone.cli.call.JobSpec;
import io.touchstone.cli.call.Text;
import io.touchstone.cli.call.Toggle;
import io.touchstone.cli.settings.AnnotateSettings;
import io.touchstone.cli.settings.GenerateSettings;
import io.touchstone.cli.settings.InputSettings;
import io.touchstone.cli.settings.ModelFiles;
import io.touchstone.cli.settings.OutputSettings;
import io.touchstone.cli.settings.RecipeSettings;
import io.touchstone.cli.settings.RunSettings;
import io.touchstone.cli.text.AnnotateText;
import io.touchstone.cli.text.GenerateDryRunText;
import io.touchstone.cli.text.GenerateText;
import io.touchstone.cli.text.NotesText;
import io.touchstone.cli.text.ProgressDisplay;
import io.touchstone.cli.text.RunMetrics;
import io.touchstone.conversation.format.LastAnswer;
import io.touchstone.conversation.format.PromptRules;
import io.touchstone.conversation.format.ReadRules;
import io.touchstone.conversation.format.ScoredTurns;
import io.touchstone.conversation.format.TurnMarkers;
import io.touchstone.files.commit.OutputFolder;
import io.touchstone.files.commit.OutputState;
import io.touchstone.generation.Generator;
import io.touchstone.generation.GeneratorFactory;
import io.touchstone.generation.recipe.RowPrompts;
import io.touchstone.generation.sampling.SamplingAsk;
import io.touchstone.jobs.annotate.RunPolicy;
import io.touchstone.jobs.generate.GenerateConfig;
import io.touchstone.jobs.generate.GeneratePlan;
import io.touchstone.jobs.generate.GenerateReport;
import io.touchstone.jobs.generate.PromptMaking;
import io.touchstone.jobs.survey.InputSurvey;
import io.touchstone.jobs.survey.PromptSurvey;
import io.touchstone.jobs.survey.SurveyReport;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.spark.generate.GenerateJob;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code generate}: answers the prompt of every row. */
public final class GenerateCommand implements Command {

  private final GeneratorSource models;

  public GenerateCommand(GeneratorSource models) {
    this.models = models;
  }

  @Override
  public JobSpec spec() {
    return new JobSpec(
            "generate",
            List.of(Destination.OUTPUT),
            GenerateSettings.ALL,
            Optional.of(ModelFiles.generator(GenerateSettings.MODEL)),
            EnumSet.allOf(Toggle.class))
        .withRecipe(RecipeSettings.FILE);
  }

  @Override
  public ExitStatus run(JobRun run) {
    Optional<InputSurvey.Extent> dryRun = run.call().dryRun();
    if (dryRun.isEmpty() && run.get(AnnotateSettings.DEVICE_MODEL).isPresent()) {
      throw Refused.because(Problem.at("--device-model").expected("--dry-run beside it").told());
    }
    Asked asked = asked(run);
    GeneratorFactory generator =
        CheckedModel.generator(asked.choice.told(), asked.opener(), asked.config, run);
    GeneratePlan plan = plan(asked.config, generator, run);
    return dryRun.isPresent()
        ? survey(dryRun.get(), plan, generator, run)
        : generate(plan, generator, run);
  }

  /** What a call asks for, before its model and its inputs were looked at. */
  private record Asked(GeneratorChoice choice, SamplingAsk sampling, GenerateConfig config) {
    Supplier<GeneratorFactory> opener() {
      return () -> choice.factory(sampling);
    }
  }

  private Asked asked(JobRun run) {
    GeneratorChoice choice = new GeneratorChoice(models, run);
    Problems problems = new Problems();
    problems.collect(choice::check);
    problems.collect(() -> GenerationAsk.of(run.settings()));
    Optional<RowPrompts> recipe = RecipeChoice.of(run, problems);
    problems.refuseIfAny();
    return new Asked(choice, GenerationAsk.of(run.settings()), config(recipe, run));
  }

  /**
   * The generator of a call whose inputs are still to be made.
   *
   * @throws Refused with the problems of the call and the model
   */
  GeneratorFactory generator(JobRun run) {
    Asked asked = asked(run);
    return CheckedModel.generator(asked.choice.told(), asked.opener());
  }

  /**
   * What of a call is done.
   *
   * @throws Refused if its inputs cannot be used, or its folder is another job's
   */
  OutputState state(JobRun run, GeneratorFactory generator) {
    GeneratePlan plan = plan(asked(run).config, generator, run);
    return plan.config().policy().beginning() == RunPolicy.Beginning.RESTART
            || plan.config().output().isEmpty()
        ? new OutputState.Fresh()
        : plan.folder(run.hadoop()).check();
  }

  /** What the rows of a call are; a generator is opened meanwhile. */
  SurveyReport survey(InputSurvey.Extent extent, GeneratorFactory generators, JobRun run) {
    return surveyed(extent, plan(asked(run).config, generators, run), generators, run);
  }

  private static SurveyReport surveyed(
      InputSurvey.Extent extent, GeneratePlan plan, GeneratorFactory generators, JobRun run) {
    try (ProgressDisplay display = run.display();
        Generator generator = generators.open()) {
      return new PromptSurvey(plan, run.hadoop(), generator).run(extent, display);
    }
  }

  private static ExitStatus survey(
      InputSurvey.Extent extent, GeneratePlan plan, GeneratorFactory generators, JobRun run) {
    SurveyReport survey = surveyed(extent, plan, generators, run);
    GenerateDryRunText text =
        new GenerateDryRunText(
            survey,
            generators.description(),
            generators.memory(),
            generators.work(),
            run.get(AnnotateSettings.DEVICE_MODEL));
    run.terminal().say(text.text());
    return ExitStatus.DONE;
  }

  private static ExitStatus generate(GeneratePlan plan, GeneratorFactory generator, JobRun run) {
    try (SparkStart spark = run.startSpark(RunSettings.THREADS)) {
      GenerateReport report = generate(plan, generator, spark, run);
      if (run.call().isQuiet()) {
        generator.description().reading().warnings().forEach(each -> run.warn("%s", each));
        new NotesText(report.totals().notes()).warnings().forEach(each -> run.warn("%s", each));
      }
      run.measure(to -> RunMetrics.add(report, to));
      run.tell(summary(report, generator, plan.config().prompts(), spark.seconds(), run).text());
      return run.verdict(
          report.totals().rejectedLines(),
          report.totals().in(),
          Text.path(report.rejected()),
          report.allRejected());
    }
  }

  private static GenerateReport generate(
      GeneratePlan plan, GeneratorFactory generator, SparkStart spark, JobRun run) {
    try (ProgressDisplay display = run.display()) {
      return GenerateJob.run(spark.context(), plan, generator, display);
    }
  }

  private static GenerateConfig config(Optional<RowPrompts> recipe, JobRun run) {
    return new GenerateConfig(
        run.reading(),
        run.call().folder(Destination.OUTPUT),
        run.format(GenerateSettings.FORMAT),
        new PromptMaking(rules(run), recipe.orElse(null)),
        run.get(OutputSettings.COMPRESS),
        run.provenance(GenerateSettings.KEYS_COMPARED_AS_WRITTEN),
        new RunPolicy(
            run.call().toggles().contains(Toggle.RESTART)
                ? RunPolicy.Beginning.RESTART
                : RunPolicy.Beginning.RESUME,
            run.get(OutputSettings.MAX_REJECTED),
            run.get(RunSettings.EXECUTOR_WAIT),
            run.get(GenerateSettings.ROW_TIMEOUT).orElse(0)));
  }

  private static PromptRules rules(JobRun run) {
    return new PromptRules(
        new ReadRules(
            ScoredTurns.LAST,
            run.get(InputSettings.SYSTEM_COLUMN),
            run.get(InputSettings.TOOLS),
            TurnMarkers.TURNS),
        run.get(GenerateSettings.CONTINUE) ? LastAnswer.CONTINUED : LastAnswer.LEFT_OUT,
        run.get(GenerateSettings.ID_FIELD).orElse(null),
        run.get(RecipeSettings.ANSWERS_FROM).orElse(null));
  }

  private static GeneratePlan plan(GenerateConfig config, GeneratorFactory generator, JobRun run) {
    boolean inColumns = run.writesColumns();
    GeneratePlan lines = GeneratePlan.of(config, run.hadoop(), generator.description());
    GeneratePlan plan = inColumns ? lines.inColumns(run.hadoop()) : lines;
    if (config.output().isPresent()) {
      OutputFolder folder = plan.folder(run.hadoop());
      switch (config.policy().beginning()) {
        case RESUME -> folder.check();
        case RESTART -> folder.checkDiscardable();
      }
    }
    return plan;
  }

  private static GenerateText summary(
      GenerateReport report,
      GeneratorFactory generator,
      PromptMaking prompts,
      double sparkSeconds,
      JobRun run) {
    return new GenerateText(
        run.showsText() ? report : report.withoutRow(),
        generator.description(),
        prompts,
        run.get(GenerateSettings.MODEL).filter(Installation::isDemo).isPresent()
            ? AnnotateText.ModelOrigin.DEMO
            : AnnotateText.ModelOrigin.CHOSEN,
        run.isSameForAllReplicas(GenerateSettings.MEMORY) ? generator.memory() : Optional.empty(),
        sparkSeconds);
  }
}
