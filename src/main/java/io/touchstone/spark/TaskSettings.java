package io.touchstone.spark;

import io.touchstone.conversation.ScoredTurns;
import io.touchstone.reward.Calibration;
import io.touchstone.reward.LabelStyle;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a task needs to know of the job's configuration.
 *
 * @param rowSeconds that a row may take; 0 for any time
 * @param ledger the folder of known scores; empty for none
 */
record TaskSettings(
    ScoredTurns turns,
    LabelStyle labels,
    @Nullable Calibration calibration,
    Writing writing,
    long maxLineBytes,
    int rowSeconds,
    String ledger)
    implements Serializable {}
