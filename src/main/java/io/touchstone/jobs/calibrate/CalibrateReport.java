package io.touchstone.jobs.calibrate;

import io.touchstone.files.read.SkippedFiles;
import io.touchstone.files.scan.ScanTotals;
import io.touchstone.selection.calibration.Fit;
import java.util.Map;

/**
 * What a finished calibrate job found.
 *
 * @param fits by attribute
 * @param skipped files of folders and globs that were not read
 * @param withheld rejected lines of which only the place and the reason were written
 * @param asked what it was asked to do
 * @param rejected the file with the rejected rows, if there are any
 */
public record CalibrateReport(
    Map<String, Fit> fits,
    CalibrateConfig asked,
    Prompts prompts,
    String fingerprint,
    ScanTotals rows,
    SkippedFiles skipped,
    long withheld,
    String output,
    String rejected) {

  /**
   * @param count of different ones, those of rows of which nothing says theirs among them
   * @param unknown how many such rows there are
   */
  public record Prompts(int count, long unknown) {}
}
