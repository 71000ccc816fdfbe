package io.touchstone.jobs.annotate;

import io.touchstone.conversation.format.ReadRules;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.files.read.InputReading;
import io.touchstone.jobs.Provenance;
import java.util.Optional;

/**
 * What one annotate job is asked to do.
 *
 * @param output the folder that receives the result; empty where there is none, as for a survey
 * @param groupBytes of lines within which rows that begin alike are brought together; 0 for none
 * @param format of all inputs; empty to find it for each file by its fields
 */
public record AnnotateConfig(
    InputReading reading,
    long groupBytes,
    Optional<String> output,
    Optional<RowFormat> format,
    ReadRules rules,
    Labels labels,
    RowWriting writing,
    LedgerChoice ledger,
    Provenance provenance,
    RunPolicy policy) {

  /** The same job, with other labels. */
  public AnnotateConfig with(Labels labels) {
    return new AnnotateConfig(
        reading, groupBytes, output, format, rules, labels, writing, ledger, provenance, policy);
  }

  /** The same job, written in another way. */
  public AnnotateConfig with(RowWriting writing) {
    return new AnnotateConfig(
        reading, groupBytes, output, format, rules, labels, writing, ledger, provenance, policy);
  }
}
