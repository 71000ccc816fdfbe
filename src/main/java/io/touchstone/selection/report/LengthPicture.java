package io.touchstone.selection.report;

import io.touchstone.selection.statistics.Bins;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A picture of lengths, with those apart that had to end.
 *
 * @param edges of the bins, as {@link Bins} counts by them; what lies beyond is in the outermost
 * @param shares of all answers, by bin
 * @param cutShares those of all answers that ended at the most tokens that were allowed, by bin
 */
public record LengthPicture(List<Double> edges, List<Double> shares, List<Double> cutShares) {

  /**
   * @param lengths in tokens
   * @param cut 1 for an answer that had to end, else 0
   */
  static LengthPicture of(double[] lengths, double[] cut) {
    Bins bins = Bins.over(lengths);
    double[] cutLengths =
        IntStream.range(0, cut.length)
            .filter(i -> cut[i] != 0)
            .mapToDouble(i -> lengths[i])
            .toArray();
    List<Double> shares = bins.shares(lengths);
    if (cutLengths.length == 0) {
      return new LengthPicture(bins.edges(), shares, Collections.nCopies(shares.size(), 0.0));
    }
    double ofAll = (double) cutLengths.length / lengths.length;
    List<Double> cutShares = bins.shares(cutLengths).stream().map(share -> share * ofAll).toList();
    return new LengthPicture(bins.edges(), shares, cutShares);
  }
}
