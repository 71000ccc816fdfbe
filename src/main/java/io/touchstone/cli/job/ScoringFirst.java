package io.touchstone.cli.job;

import io.touchstone.cli.call.JobCall;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.settings.AnnotateSettings;
import io.touchstone.cli.settings.JobSettings;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.ScoredTurns;
import io.touchstone.jobs.RejectionBound;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.Labels;
import io.touchstone.jobs.annotate.LedgerChoice;
import io.touchstone.jobs.annotate.RowWriting;
import io.touchstone.jobs.annotate.RunPolicy;
import io.touchstone.reward.LabelStyle;
import java.util.Optional;

/**
 * The annotate job with which another job begins if a model is named: rows of one format, scored as
 * they are into a folder within that job's own.
 */
record ScoringFirst(RowFormat format, String output, RejectionBound maxRejected) {

  AnnotateConfig config(JobCall call, Settings settings) {
    return new AnnotateConfig(
        JobSettings.reading(call, settings),
        output,
        Optional.of(format),
        ScoredTurns.LAST,
        Labels.of(LabelStyle.FLOAT),
        RowWriting.defaults(),
        LedgerChoice.of(settings.get(AnnotateSettings.LEDGER)),
        JobSettings.provenance(settings, AnnotateSettings.KEYS_COMPARED_AS_WRITTEN),
        new RunPolicy(
            RunPolicy.Beginning.RESUME,
            maxRejected,
            settings.get(AnnotateSettings.EXECUTOR_WAIT),
            settings.get(AnnotateSettings.ROW_TIMEOUT).orElse(0)));
  }
}
