package io.touchstone.cli.job;

import io.touchstone.cli.call.Command;
import io.touchstone.cli.call.Destination;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.JobCall;
import io.touchstone.cli.call.JobSpec;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.call.Terminal;
import io.touchstone.cli.call.Toggle;
import io.touchstone.cli.settings.AnnotateSettings;
import io.touchstone.cli.settings.ChoiceSettings;
import io.touchstone.cli.settings.JobSettings;
import io.touchstone.cli.settings.RejectionLimit;
import io.touchstone.cli.settings.SelectSettings;
import io.touchstone.cli.text.ChooseOutcomeText;
import io.touchstone.cli.text.ProgressDisplay;
import io.touchstone.cli.text.SelectHelp;
import io.touchstone.cli.text.Summary;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.files.read.FormatChoice;
import io.touchstone.jobs.TooManyRejectedException;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.jobs.choose.ChooseConfig;
import io.touchstone.jobs.choose.ChoosePlan;
import io.touchstone.jobs.choose.ChooseReport;
import io.touchstone.problem.Problems;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.selection.Choice;
import io.touchstone.selection.PairRule;
import io.touchstone.selection.ScoreBy;
import io.touchstone.selection.SelectRule;
import io.touchstone.selection.formula.NearestName;
import io.touchstone.spark.choose.SelectJob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** {@code select}: the best of each row's candidates, or preference pairs of them. */
public final class SelectCommand implements Command {
  private static final JobSpec SPEC =
      new JobSpec(
          "select",
          List.of(Destination.OUTPUT),
          SelectSettings.ALL,
          Optional.of(SelectSettings.MODEL),
          Toggle.OF_ANY_JOB,
          SelectHelp.help());

  private static final String REWARDS = "rewards";

  private final ScorerSource scorers;
  private final Terminal around;

  public SelectCommand(ScorerSource scorers, Terminal around) {
    this.scorers = scorers;
    this.around = around;
  }

  /**
   * What is to be done, weighed before Spark starts.
   *
   * @param scoring null where the rows have their scores
   */
  private record Work(ChoosePlan plan, SelectRule rule, SelectJob.@Nullable Scoring scoring) {}

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public ExitStatus run(JobCall call, Problems problems) {
    Settings settings = JobSettings.of(SPEC, call, around.installation(), problems);
    Configuration hadoop = JobSettings.hadoop(settings);
    Work work = work(call, settings, hadoop);

    try (SparkStart spark =
        SparkStart.of(SPEC.name(), settings.spark(), settings.get(AnnotateSettings.THREADS))) {
      AnnotateReport scored = null;
      ChooseReport selected;
      try (ProgressDisplay display = ProgressDisplay.of(around, call.toggles())) {
        if (work.scoring == null) {
          selected = SelectJob.run(spark.context(), work.plan, work.rule, display);
        } else {
          SelectJob.Both both =
              SelectJob.run(spark.context(), work.plan, work.rule, work.scoring, display);
          scored = both.scored();
          selected = both.selected();
        }
      } catch (TooManyRejectedException e) {
        return settings.get(AnnotateSettings.MAX_REJECTED).stopped(SPEC.name(), e, around.err());
      }
      if (!call.isQuiet()) {
        around.say(text(selected, scored, spark.seconds()));
      }
      long unscored = scored == null ? 0 : scored.totals().rejectedLines();
      return settings
          .get(AnnotateSettings.MAX_REJECTED)
          .verdict(
              SPEC.name(),
              new RejectionLimit.Found(
                  selected.rejectedLines() + unscored,
                  selected.in() + unscored,
                  Summary.asTyped(selected.outputs().get(0)) + "/rejected"),
              around.err());
    }
  }

  private Work work(JobCall call, Settings settings, Configuration hadoop) {
    SelectRule rule = rule(settings);
    String output = call.folder(Destination.OUTPUT);
    ChooseConfig config =
        new ChooseConfig(
            SPEC.name(),
            JobSettings.reading(call, settings),
            List.of(output),
            new FormatChoice.Unneeded(),
            settings.get(AnnotateSettings.COMPRESS),
            JobSettings.provenance(settings, SelectSettings.KEYS_COMPARED_AS_WRITTEN),
            settings.get(AnnotateSettings.MAX_REJECTED));
    if (!SelectSettings.hasModel(settings)) {
      ChoosePlan plan = ChoosePlan.of(config, hadoop);
      SelectJob.checkNames(plan, rule, Set.of(), hadoop);
      SelectJob.check(plan, hadoop);
      return new Work(plan, rule, null);
    }
    AnnotateConfig scoring =
        new ScoringFirst(
                RowFormat.CANDIDATES,
                SelectJob.scoredFolder(output),
                settings.get(AnnotateSettings.MAX_REJECTED))
            .config(call, settings);
    ScorerFactory scorer =
        CheckedModel.of(
            around.installation().model(settings.get(SelectSettings.MODEL)),
            scorers,
            settings,
            () -> AnnotatePlan.of(scoring, hadoop, AnnotateCommand.NO_MODEL));
    Set<String> promised = promised(scorer.model().attributes());
    refuseUnknownNames(rule, promised);
    AnnotatePlan first = AnnotatePlan.of(scoring, hadoop, scorer.model());
    ChoosePlan plan = ChoosePlan.after(first, config);
    SelectJob.checkNames(plan, rule, promised, hadoop);
    SelectJob.check(plan, hadoop);
    return new Work(plan, rule, new SelectJob.Scoring(first, scorer));
  }

  private static SelectRule rule(Settings settings) {
    Problems problems = new Problems();
    Optional<PairRule.Which> pairs = settings.get(SelectSettings.PAIRS);
    int perPrompt = settings.get(SelectSettings.PAIRS_PER_PROMPT).orElse(Integer.MAX_VALUE);
    if (pairs.isPresent() && settings.get(SelectSettings.TOP) != 1) {
      problems.add("--top: expected it without --pairs, found both");
    }
    if (pairs.isEmpty() && settings.get(SelectSettings.MARGIN) != 0) {
      problems.add("--margin: expected --pairs beside it, found none");
    }
    if (pairs.isEmpty() && perPrompt != Integer.MAX_VALUE) {
      problems.add("--pairs-per-prompt: expected --pairs beside it, found none");
    }
    problems.refuseIfAny();
    Choice choice =
        pairs.isPresent()
            ? new Choice.Pairs(
                new PairRule(pairs.get(), settings.get(SelectSettings.MARGIN), perPrompt))
            : new Choice.Top(settings.get(SelectSettings.TOP));
    var scalar = settings.get(ChoiceSettings.SCALAR);
    ScoreBy by =
        settings
            .get(SelectSettings.BY)
            .orElseGet(() -> new ScoreBy.Named(scalar.isPresent() ? SelectRule.SCALAR : REWARDS));
    return new SelectRule(by, scalar.orElse(null), choice);
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
    if (rule.scalar() != null) {
      refuseUnknown("--scalar", rule.scalar().names(), known, problems);
      known.add(SelectRule.SCALAR);
    }
    if (rule.by() instanceof ScoreBy.Named named && !rule.isByScalar()) {
      refuseUnknown("--by", named.names(), known, problems);
    }
    problems.refuseIfAny();
  }

  private static void refuseUnknown(
      String flag, List<String> names, Set<String> known, Problems problems) {
    for (String name : names) {
      if (!known.contains(name)) {
        problems.add(
            flag
                + ": expected a name that the model's rewards have ("
                + String.join(", ", known)
                + "), found "
                + name
                + NearestName.of(name, known).map(near -> " (" + near + "?)").orElse(""));
      }
    }
  }

  private static String text(
      ChooseReport selected, @Nullable AnnotateReport scored, double sparkSeconds) {
    long rows = selected.verdicts().getOrDefault(SelectJob.SELECTED, 0L);
    Map<String, String> counts = new LinkedHashMap<>();
    if (scored != null) {
      counts.put(
          "scored",
          ChooseOutcomeText.format(
              "%,d rows in %.1f s, %,d rejected; they lie in %s",
              scored.totals().out(),
              scored.seconds().total(),
              scored.totals().rejectedLines(),
              Summary.resultOf(scored)));
    }
    List<String> notes = new ArrayList<>();
    notes.add(ChooseOutcomeText.format("%,d rows", rows));
    Long noPair = selected.verdicts().get(SelectJob.NO_PAIR);
    if (noPair != null) {
      notes.add(ChooseOutcomeText.format("%,d without a pair", noPair));
    }
    Long tied = selected.notes().get(SelectJob.TIED);
    if (tied != null) {
      notes.add(
          ChooseOutcomeText.format("in %,d of them the first of equal scores was taken", tied));
    }
    counts.put("from", String.join(", ", notes));
    String headline =
        ChooseOutcomeText.format(
            "Selected %,d lines from %,d rows; the result lies in %s",
            selected.written().get(0), rows, Summary.asTyped(selected.outputs().get(0)));
    return new ChooseOutcomeText(selected, headline, counts, sparkSeconds).text();
  }
}
