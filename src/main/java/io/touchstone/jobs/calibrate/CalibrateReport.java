package io.touchstone.jobs.calibrate;

import io.touchstone.files.scan.ScanTotals;
import io.touchstone.selection.calibration.Fit;
import io.touchstone.selection.calibration.LabelRange;
import java.util.Map;

/**
 * What a finished calibrate job found.
 *
 * @param fits by attribute
 * @param labels the human labels' scale
 * @param rejected the file with the rejected rows, if there are any
 */
public record CalibrateReport(
    Map<String, Fit> fits,
    LabelRange labels,
    String fingerprint,
    ScanTotals rows,
    String output,
    String rejected) {}
