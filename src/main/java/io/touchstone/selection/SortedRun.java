package io.touchstone.selection;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;

/**
 * What is to be known of a stretch of scores, sorted from the best to the worst, to rank the scores
 * behind it.
 *
 * @param first the best score; without meaning if there are none
 * @param last the worst score
 * @param lastTies how many scores at the end are equal to the last
 */
public record SortedRun(long count, double first, double last, long lastTies)
    implements Serializable {

  public static SortedRun of(PrimitiveIterator.OfDouble bestToWorst) {
    long count = 0;
    double first = 0;
    double last = 0;
    long ties = 0;
    while (bestToWorst.hasNext()) {
      double score = bestToWorst.nextDouble();
      ties = count > 0 && score == last ? ties + 1 : 1;
      first = count == 0 ? score : first;
      last = score;
      count++;
    }
    return new SortedRun(count, first, last, ties);
  }

  /** Where each of several stretches, one behind the other, begins. */
  public static List<RankCounter> counters(List<SortedRun> runs) {
    List<RankCounter> counters = new ArrayList<>();
    long offset = 0;
    long equalFrom = 0;
    double before = 0;
    for (SortedRun run : runs) {
      boolean goesOn = offset > 0 && run.count > 0 && run.first == before;
      counters.add(
          new RankCounter(offset, goesOn ? equalFrom : offset, goesOn ? before : Double.NaN));
      if (run.count > 0) {
        boolean allEqual = run.lastTies == run.count;
        equalFrom = goesOn && allEqual ? equalFrom : offset + run.count - run.lastTies;
        before = run.last;
        offset += run.count;
      }
    }
    return counters;
  }

  public static long total(List<SortedRun> runs) {
    return runs.stream().mapToLong(SortedRun::count).sum();
  }
}
