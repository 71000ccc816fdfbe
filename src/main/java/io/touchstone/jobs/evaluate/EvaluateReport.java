package io.touchstone.jobs.evaluate;

import io.touchstone.files.scan.ScanTotals;
import io.touchstone.selection.benchmark.Comparison;
import io.touchstone.selection.benchmark.Evaluation;
import java.util.Optional;

/**
 * What a finished evaluate job found.
 *
 * @param rows as the table's reader met them; with a model, those that it had scored
 * @param rejected the folder of the rejected lines
 * @param seconds wall time without the scoring
 */
public record EvaluateReport(
    Evaluation evaluation,
    Optional<Comparison> comparison,
    ScanTotals rows,
    String output,
    String rejected,
    double seconds) {}
