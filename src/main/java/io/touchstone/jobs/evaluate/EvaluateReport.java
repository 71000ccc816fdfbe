package io.touchstone.jobs.evaluate;

import io.touchstone.files.read.SkippedFiles;
import io.touchstone.files.scan.ScanTotals;
import io.touchstone.selection.benchmark.Comparison;
import io.touchstone.selection.benchmark.Evaluation;
import java.util.Optional;

/**
 * What a finished evaluate job found.
 *
 * @param rows as the table's reader met them; with a model, those that it had scored
 * @param skipped files of folders and globs that were not read
 * @param withheld rejected lines of which only the place and the reason were written
 * @param undecided those of the rows that prefer no answer, which are left out
 * @param rejected the folder of the rejected lines
 * @param seconds wall time without the scoring
 */
public record EvaluateReport(
    Evaluation evaluation,
    Optional<Comparison> comparison,
    ScanTotals rows,
    SkippedFiles skipped,
    long withheld,
    long undecided,
    String output,
    String rejected,
    double seconds) {}
