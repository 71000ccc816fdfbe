package io.touchstone.cli.job;

import io.touchstone.cli.call.Destination;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.JobSpec;
import io.touchstone.cli.call.Toggle;
import io.touchstone.cli.settings.ChoiceSettings;
import io.touchstone.cli.settings.InputSettings;
import io.touchstone.cli.settings.ModelFiles;
import io.touchstone.cli.settings.OutputFormat;
import io.touchstone.cli.settings.OutputSettings;
import io.touchstone.cli.settings.RunSettings;
import io.touchstone.cli.settings.SelectSettings;
import io.touchstone.cli.text.ProgressDisplay;
import io.touchstone.cli.text.RunMetrics;
import io.touchstone.cli.text.SelectText;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.files.read.FormatChoice;
import io.touchstone.files.read.InputFile;
import io.touchstone.jobs.ResultColumns;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.choose.ChooseConfig;
import io.touchstone.jobs.choose.ChooseOutcome;
import io.touchstone.jobs.choose.ChoosePlan;
import io.touchstone.jobs.choose.GroupRequest;
import io.touchstone.jobs.choose.SampleGroups;
import io.touchstone.jobs.choose.SampleSelection;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.selection.Choice;
import io.touchstone.selection.PairRule;
import io.touchstone.selection.ScoreBy;
import io.touchstone.selection.SelectRule;
import io.touchstone.selection.SelectedNames;
import io.touchstone.spark.choose.GroupJob;
import io.touchstone.spark.choose.SelectJob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/** {@code select}: the best of each row's candidates, or preference pairs of them. */
public final class SelectCommand implements Command {
  private static final String REWARDS = "rewards";

  private final ScorerSource scorers;

  public SelectCommand(ScorerSource scorers) {
    this.scorers = scorers;
  }

  /**
   * What is to be done, weighed before Spark starts.
   *
   * @param scoring what is to be done before; empty where the rows have their scores
   * @param group what is asked of rows of one prompt; empty where each row is by itself
   */
  private record Work(
      ChoosePlan plan,
      SelectRule rule,
      Optional<SelectJob.Scoring> scoring,
      Optional<GroupRequest> group) {

    Work inColumns(Configuration hadoop) {
      return new Work(plan.inColumns(this::sample, hadoop), rule, scoring, group);
    }

    private Optional<? extends ResultColumns.RowMaking> sample(InputFile file) {
      if (group.isPresent()) {
        return SampleGroups.of(group.get(), file.format());
      }
      return scoring.isEmpty()
          ? Optional.of(new SampleSelection(rule))
          : scoring.get().plan().sample(file).map(scores -> new SampleSelection(rule, scores));
    }
  }

  @Override
  public JobSpec spec() {
    return new JobSpec(
        "select",
        List.of(Destination.OUTPUT),
        SelectSettings.ALL,
        Optional.of(ModelFiles.reward(SelectSettings.MODEL)),
        Toggle.OF_ROWS);
  }

  @Override
  public ExitStatus run(JobRun run) {
    Work work = work(run);
    Optional<SelectText> earlier = run.earlier(() -> earlier(work, run));
    if (earlier.isPresent()) {
      return told(earlier.get(), run);
    }
    try (SparkStart spark = run.startSpark(RunSettings.THREADS)) {
      SelectText summary;
      try (ProgressDisplay display = run.display()) {
        summary = select(work, spark, display);
      }
      return told(summary, run);
    }
  }

  private static ExitStatus told(SelectText summary, JobRun run) {
    run.measure(to -> RunMetrics.add(summary.selected(), to));
    summary.scored().ifPresent(scored -> ScoringFirst.warnOfRows(scored, run));
    run.tell((run.showsText() ? summary : summary.withoutRow()).text());
    return run.verdict(
        summary.selected().totals().rejectedLines() + summary.unscored(),
        summary.selected().totals().in() + summary.unscored(),
        summary.rejected(),
        summary.allRejected());
  }

  private static Optional<SelectText> earlier(Work work, JobRun run) {
    return work.scoring.isEmpty()
        ? ChooseOutcome.earlier(work.plan, run.hadoop())
            .map(selected -> new SelectText(selected, Optional.empty(), 0))
        : SelectJob.earlier(work.plan, work.scoring.get(), run.hadoop())
            .map(both -> new SelectText(both.selected(), Optional.of(both.scored()), 0));
  }

  private static SelectText select(Work work, SparkStart spark, ProgressDisplay display) {
    if (work.group.isPresent()) {
      return new SelectText(
          GroupJob.run(spark.context(), work.plan, work.group.get(), display),
          Optional.empty(),
          spark.seconds());
    }
    if (work.scoring.isEmpty()) {
      return new SelectText(
          SelectJob.run(spark.context(), work.plan, work.rule, display),
          Optional.empty(),
          spark.seconds());
    }
    SelectJob.Both both =
        SelectJob.run(spark.context(), work.plan, work.rule, work.scoring.get(), display);
    return new SelectText(both.selected(), Optional.of(both.scored()), spark.seconds());
  }

  private Work work(JobRun run) {
    SelectRule rule = rule(run);
    String output = run.folder(Destination.OUTPUT);
    ChooseConfig config =
        new ChooseConfig(
            run.job().name(),
            run.reading(),
            List.of(output),
            format(run),
            run.get(OutputSettings.COMPRESS),
            run.provenance(SelectSettings.KEYS_COMPARED_AS_WRITTEN),
            run.get(OutputSettings.MAX_REJECTED));
    Optional<String> model = run.get(SelectSettings.MODEL);
    if (model.isEmpty()) {
      return checked(
          new Work(ChoosePlan.of(config, run.hadoop()), rule, Optional.empty(), group(rule, run)),
          Set.of(),
          run);
    }
    AnnotateConfig scoring =
        ScoringFirst.config(
            FormatTable.CANDIDATES,
            SelectJob.scoredFolder(output),
            run.get(OutputSettings.MAX_REJECTED),
            run);
    ScoringFirst first = ScoringFirst.of(scoring, model.get(), scorers, run);
    Set<String> promised = promised(first.scorer().model().attributes());
    refuseUnknownNames(rule, promised);
    AnnotatePlan plan = first.plan(run.hadoop());
    return checked(
        new Work(
            ChoosePlan.after(plan, config),
            rule,
            Optional.of(new SelectJob.Scoring(plan, first.scorer())),
            Optional.empty()),
        promised,
        run);
  }

  private static Work checked(Work work, Set<String> promised, JobRun run) {
    boolean inColumns = run.writesColumns();
    if (work.group.isPresent()) {
      GroupJob.check(work.plan, work.group.get(), run.hadoop());
    } else {
      SelectJob.checkNames(work.plan, work.rule, promised, run.hadoop());
    }
    Work written = inColumns ? work.inColumns(run.hadoop()) : work;
    written.plan.folders(run.hadoop()).check();
    return written;
  }

  private static boolean groups(JobRun run) {
    return run.get(SelectSettings.GROUP_BY).isPresent();
  }

  /** Whether candidates are chosen, and not only brought together. */
  private static boolean chooses(JobRun run) {
    return !groups(run)
        || run.get(SelectSettings.TOP).isPresent()
        || run.get(SelectSettings.PAIRS).isPresent();
  }

  private static Optional<GroupRequest> group(SelectRule rule, JobRun run) {
    return groups(run)
        ? Optional.of(
            new GroupRequest(
                run.get(SelectSettings.COLLECT), chooses(run) ? rule : null, run.maxLineBytes()))
        : Optional.empty();
  }

  private static FormatChoice format(JobRun run) {
    if (!groups(run)) {
      return new FormatChoice.Unneeded();
    }
    return run.format(SelectSettings.FORMAT)
        .<FormatChoice>map(FormatChoice.Named::new)
        .orElseGet(FormatChoice.ByFields::new);
  }

  /** What says nothing without another flag would be lost without a word. */
  private static void refuseWithoutGroups(JobRun run, Problems problems) {
    Map<String, Boolean> given = new LinkedHashMap<>();
    if (!groups(run)) {
      given.put(SelectSettings.COLLECT.flag(), !run.get(SelectSettings.COLLECT).isEmpty());
      given.put(SelectSettings.FORMAT.flag(), run.get(SelectSettings.FORMAT).isPresent());
      given.put(InputSettings.MAP.flag(), !run.get(InputSettings.MAP).isEmpty());
      refuse(given, "--group-by beside it", problems);
      return;
    }
    if (run.get(SelectSettings.PAIRS).isPresent()
        && run.get(OutputSettings.FORMAT) == OutputFormat.PARQUET) {
      problems.add(
          Problem.at("--output-format")
              .expected(
                  "jsonl beside --group-by and --pairs (a second jobs/select --pairs over the joined"
                      + " rows writes parquet)")
              .found("parquet"));
    }
    if (run.get(SelectSettings.MODEL).isPresent()) {
      problems.add(
          Problem.at("--model")
              .expected("it without --group-by (jobs/annotate scores the rows first)")
              .found("both"));
    }
    if (!chooses(run)) {
      given.put(SelectSettings.BY.flag(), run.get(SelectSettings.BY).isPresent());
      given.put(ChoiceSettings.SCALAR.flag(), run.get(ChoiceSettings.SCALAR).isPresent());
      given.put(
          SelectSettings.FIELD.flag(), !run.get(SelectSettings.FIELD).equals(SelectedNames.OWN));
      refuse(given, "--top or --pairs beside it, which choose among joined candidates", problems);
    }
  }

  private static void refuse(Map<String, Boolean> given, String expected, Problems problems) {
    given.forEach(
        (flag, isGiven) -> {
          if (isGiven) {
            problems.add(Problem.at(flag).expected(expected).found("none"));
          }
        });
  }

  private static SelectRule rule(JobRun run) {
    Problems problems = new Problems();
    Optional<PairRule.Which> pairs = run.get(SelectSettings.PAIRS);
    int perPrompt = run.get(SelectSettings.PAIRS_PER_PROMPT).orElse(Integer.MAX_VALUE);
    refuseWithoutGroups(run, problems);
    if (pairs.isPresent() && run.get(SelectSettings.TOP).isPresent()) {
      problems.add(Problem.at("--top").expected("it without --pairs").found("both"));
    }
    if (pairs.isEmpty() && run.get(SelectSettings.MARGIN).signum() != 0) {
      problems.add(Problem.at("--margin").expected("--pairs beside it").found("none"));
    }
    if (pairs.isEmpty() && perPrompt != Integer.MAX_VALUE) {
      problems.add(Problem.at("--pairs-per-prompt").expected("--pairs beside it").found("none"));
    }
    problems.refuseIfAny();
    Choice choice =
        pairs.isPresent()
            ? new PairRule(pairs.get(), run.get(SelectSettings.MARGIN), perPrompt)
            : new Choice.Top(run.get(SelectSettings.TOP).orElse(1));
    var scalar = run.get(ChoiceSettings.SCALAR);
    ScoreBy by =
        run.get(SelectSettings.BY)
            .orElseGet(() -> new ScoreBy.Named(scalar.isPresent() ? SelectRule.SCALAR : REWARDS));
    return new SelectRule(by, scalar.orElse(null), choice, run.get(SelectSettings.FIELD));
  }

  /** What the model will write is known before it does. */
  private static Set<String> promised(List<String> attributes) {
    Set<String> promised = new TreeSet<>();
    if (attributes.size() == 1) {
      promised.add(REWARDS);
    } else {
      promised.addAll(attributes);
      attributes.forEach(name -> promised.add(REWARDS + "." + name));
    }
    return promised;
  }

  /** Only several lists may join what the model gives with what the rows have. */
  private static void refuseUnknownNames(SelectRule rule, Set<String> promised) {
    Problems problems = new Problems();
    Set<String> known = new TreeSet<>(promised);
    ModelNames names = new ModelNames("a name that the model's rewards have", known);
    if (rule.scalar() != null) {
      names.check("--scalar", rule.scalar().names(), problems);
      known.add(SelectRule.SCALAR);
    }
    if (rule.by() instanceof ScoreBy.Named named && !rule.isByScalar()) {
      names.check("--by", named.names(), problems);
    }
    problems.refuseIfAny();
  }
}
