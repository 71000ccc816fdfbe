package io.touchstone.spark.annotate;

import io.touchstone.conversation.format.ScoredTurns;
import io.touchstone.jobs.annotate.LedgerChoice;
import io.touchstone.jobs.annotate.RowWriting;
import io.touchstone.reward.Calibration;
import io.touchstone.reward.LabelStyle;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a task needs to know of the job's configuration.
 *
 * @param rowSeconds that a row may take; 0 for any time
 * @param ledger named so that executors find it
 */
public record TaskSettings(
    ScoredTurns turns,
    LabelStyle labels,
    @Nullable Calibration calibration,
    RowWriting writing,
    int rowSeconds,
    LedgerChoice ledger)
    implements Serializable {}
