package io.touchstone.cli.text;

import io.touchstone.cli.call.JobHelp;

/** What {@code jobs/calibrate --help} teaches beside its flags. */
public final class CalibrateHelp {
  private CalibrateHelp() {}

  private static final String SECTIONS =
      """

      Rows: a score, as jobs/annotate --labels float writes it (a number, or an object of attributes), and
      a human label from 0 to 4 for each attribute.

      FILE receives the map from scores to labels, by attribute: knots between which it is straight, or
      edges; the fingerprint of the model that it holds for; counts, fit error, and the agreement on rows
      that were held out: quadratic-weighted kappa, Spearman's correlation, mean absolute error. Rows that
      could not be used lie in FILE.rejected.jsonl, with the reasons.

      Examples:
        jobs/annotate data-samples/helpsteer.jsonl --output scored
        jobs/calibrate scored/ --output calibration.json --label helpfulness
        jobs/annotate data/ --output labels --labels rounded --calibration calibration.json
        jobs/calibrate scored/ --output quantiles.json --kind quantile
        jobs/calibrate 'rows/*.jsonl' --output five.json --attributes helpfulness,correctness --model DIR
      """;

  public static final JobHelp TEXT =
      new JobHelp(
          "Makes a map from a model's scores to labels from 0 to 4, for jobs/annotate --labels"
              + " rounded --calibration FILE.",
          SECTIONS);
}
