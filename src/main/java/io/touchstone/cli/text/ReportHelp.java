package io.touchstone.cli.text;

import io.touchstone.cli.call.JobHelp;

/** What {@code jobs/report --help} teaches beside its flags. */
public final class ReportHelp {
  private ReportHelp() {}

  private static final String SECTIONS =
      """

      DIR, or FOLDER, receives; earlier ones are replaced:
        report.html   one page that opens from disk, without scripts and requests, light and dark
        report.json   the same figures

      The page shows for each attribute or field: how the scores are distributed, by input file too;
      how they go with the length of the response; the highest and lowest; with --against how they have
      drifted; where there are several, how they agree. Beside that: rejected rows by kind with the
      first reasons, throughput, and the tokens that did not have to be computed.

      Drift: the population stability index compares shares in ten bins that held a tenth of the older
      scores each; 0 where nothing moved, below 0.1 little, from 0.25 a shift. The Kolmogorov-Smirnov
      statistic is the widest gap between the two results' shares of scores up to a value.

      Memory does not grow with the rows. Up to 200,000 responses every figure is of all of them;
      beyond, quantiles, pictures, drift and Spearman's correlation are of an even sample of so many, and
      the page says so.

      Examples:
        jobs/report scored/
        jobs/report scored/today --against scored/yesterday --max-drift 0.25
        jobs/report scored/ --show-text --extremes 20 --output report
        jobs/report both/ --fields reward_a,reward_b
      """;

  public static final JobHelp TEXT =
      new JobHelp(
          "Writes a page on the scores of a finished jobs/annotate, and on how they differ from an"
              + " older result's.",
          SECTIONS);
}
