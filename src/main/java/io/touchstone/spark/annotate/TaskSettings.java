package io.touchstone.spark.annotate;

import io.touchstone.conversation.format.ReadRules;
import io.touchstone.jobs.annotate.Labels;
import io.touchstone.jobs.annotate.LedgerChoice;
import io.touchstone.jobs.annotate.RowWriting;
import java.io.Serializable;

/**
 * What a task needs to know of the job's configuration.
 *
 * @param groupBytes of lines within which rows that begin alike are brought together; 0 for none
 * @param rowSeconds that a row may take; 0 for any time
 * @param ledger named so that executors find it
 */
public record TaskSettings(
    ReadRules rules,
    Labels labels,
    RowWriting writing,
    long groupBytes,
    int rowSeconds,
    LedgerChoice ledger)
    implements Serializable {}
