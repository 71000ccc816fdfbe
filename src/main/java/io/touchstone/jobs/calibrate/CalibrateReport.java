package io.touchstone.jobs.calibrate;

import io.touchstone.files.scan.ScanTotals;
import io.touchstone.selection.calibration.Fit;
import java.util.Map;

/**
 * What a finished calibrate job found.
 *
 * @param fits by attribute
 * @param asked what it was asked to do
 * @param rejected the file with the rejected rows, if there are any
 */
public record CalibrateReport(
    Map<String, Fit> fits,
    CalibrateConfig asked,
    Prompts prompts,
    String fingerprint,
    ScanTotals rows,
    String output,
    String rejected) {

  /**
   * @param count of different ones, those of rows of which nothing says theirs among them
   * @param unknown how many such rows there are
   */
  public record Prompts(int count, long unknown) {}
}
