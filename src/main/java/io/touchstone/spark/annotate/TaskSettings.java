package io.touchstone.spark.annotate;

import io.touchstone.conversation.format.ReadRules;
import io.touchstone.jobs.annotate.Labels;
import io.touchstone.jobs.annotate.LedgerChoice;
import io.touchstone.jobs.annotate.RowWriting;
import java.io.Serializable;

/**
 * What a task needs to know of the job's configuration.
 *
 * @param rowSeconds that a row may take; 0 for any time
 * @param ledger named so that executors find it
 */
public record TaskSettings(
    ReadRules rules, Labels labels, RowWriting writing, int rowSeconds, LedgerChoice ledger)
    implements Serializable {}
