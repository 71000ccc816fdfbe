package io.touchstone.cli.job;

import io.touchstone.cli.settings.AnnotateSettings;
import io.touchstone.cli.settings.RejectionLimit;
import io.touchstone.cli.settings.RunSettings;
import io.touchstone.cli.text.NotesText;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.ScoredTurns;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.jobs.annotate.Labels;
import io.touchstone.jobs.annotate.RowWriting;
import io.touchstone.jobs.annotate.RunPolicy;
import io.touchstone.reward.LabelStyle;
import io.touchstone.scoring.ScorerFactory;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The annotate job with which another job begins if a model is named. */
record ScoringFirst(AnnotateConfig config, ScorerFactory scorer) {

  /**
   * @param config of {@link #config}
   */
  static ScoringFirst of(AnnotateConfig config, String model, ScorerSource scorers, JobRun run) {
    ScoringFirst first =
        new ScoringFirst(config, CheckedModel.of(run.model(model), scorers, run, config));
    for (String warning : first.scorer.model().reading().warnings()) {
      run.warn("%s", warning);
    }
    return first;
  }

  /** What of the rows may have been a wrong text. */
  static void warnOfRows(AnnotateReport scored, JobRun run) {
    new NotesText(scored.totals().notes()).warnings().forEach(warning -> run.warn("%s", warning));
  }

  /** Scores rows of one format, as they are, into a folder within the other job's own. */
  static AnnotateConfig config(
      RowFormat format, String output, RejectionLimit maxRejected, JobRun run) {
    return new AnnotateConfig(
        run.reading(),
        Optional.of(output),
        Optional.of(format),
        run.rules(ScoredTurns.LAST),
        Labels.of(LabelStyle.FLOAT),
        RowWriting.defaults().with(run.voteFields()),
        run.ledger(),
        run.provenance(AnnotateSettings.KEYS_COMPARED_AS_WRITTEN),
        new RunPolicy(
            RunPolicy.Beginning.RESUME,
            maxRejected,
            run.get(RunSettings.EXECUTOR_WAIT),
            run.get(RunSettings.ROW_TIMEOUT).orElse(0)));
  }

  AnnotatePlan plan(Configuration hadoop) {
    return AnnotatePlan.of(config, hadoop, scorer.model());
  }
}
