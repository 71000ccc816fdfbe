package io.touchstone.jobs.calibrate;

import io.touchstone.selection.calibration.Fit;
import io.touchstone.selection.calibration.LabelRange;
import java.util.List;
import java.util.Optional;

/**
 * What one calibrate job is asked to do.
 *
 * @param output the file that receives the calibration
 * @param score the field with a row's score
 * @param label the field with its human label; empty for each attribute's own name
 * @param labels the human labels' scale
 * @param attributes the attributes of a score that is an object; empty for the model's
 * @param fingerprint of the model that made the scores; empty where {@code _run.json} beside the
 *     rows says it
 */
public record CalibrateConfig(
    List<String> inputs,
    String output,
    String score,
    Optional<String> label,
    LabelRange labels,
    List<String> attributes,
    Optional<String> fingerprint,
    Fit.Settings fit,
    long maxLineBytes,
    String program) {

  public CalibrateConfig {
    inputs = List.copyOf(inputs);
    attributes = List.copyOf(attributes);
  }
}
