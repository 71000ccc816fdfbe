package io.touchstone.jobs.evaluate;

import io.touchstone.files.scan.ScanTotals;
import io.touchstone.selection.benchmark.Comparison;
import io.touchstone.selection.benchmark.Evaluation;
import java.util.Optional;

/**
 * What a finished evaluate job found.
 *
 * @param rows as the table's reader met them; with a model, those that it had scored
 * @param undecided those of the rows that prefer no answer, which are left out
 * @param seconds wall time without the scoring
 */
public record EvaluateReport(
    Evaluation evaluation,
    Optional<Comparison> comparison,
    ScanTotals rows,
    long undecided,
    String output,
    double seconds) {}
