package io.touchstone.cli;

import io.touchstone.conversation.RowFormat;
import io.touchstone.conversation.ScoredTurns;
import io.touchstone.reward.LabelStyle;
import io.touchstone.spark.AnnotateConfig;
import io.touchstone.spark.Labels;
import io.touchstone.spark.RunPolicy;
import io.touchstone.spark.Writing;
import java.util.Optional;

/**
 * The annotate job with which another job begins if a model is named: rows of one format, scored as
 * they are into a folder within that job's own.
 */
record ScoringFirst(RowFormat format, String output) {

  AnnotateConfig config(JobCall call, Settings settings) {
    return new AnnotateConfig(
        JobSettings.reading(call, settings),
        output,
        Optional.of(format),
        ScoredTurns.LAST,
        Labels.of(LabelStyle.FLOAT),
        Writing.defaults(),
        settings.get(AnnotateSettings.LEDGER),
        JobSettings.provenance(settings, AnnotateSettings.KEYS_COMPARED_AS_WRITTEN),
        new RunPolicy(
            RunPolicy.Beginning.RESUME,
            new RejectionLimit.Unlimited(),
            settings.get(AnnotateSettings.EXECUTOR_WAIT),
            settings.get(AnnotateSettings.ROW_TIMEOUT).orElse(0)));
  }
}
