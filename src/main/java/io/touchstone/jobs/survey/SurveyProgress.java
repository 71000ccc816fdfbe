package io.touchstone.jobs.survey;

import io.touchstone.progress.JobProgress;
import io.touchstone.progress.ProgressClock;
import io.touchstone.progress.ProgressSums;
import io.touchstone.scoring.pipeline.SurveyTotals;

/** Where a survey stands; written by the threads that read, read by the one that shows it. */
final class SurveyProgress {

  private final ProgressClock clock;
  private long rows;
  private long refused;
  private long tokens;
  private long bytes;

  SurveyProgress(long bytesTotal) {
    this.clock = new ProgressClock(System.nanoTime(), 0, bytesTotal);
  }

  /**
   * @param moreBytes that were read for it, or left out behind it
   */
  synchronized void add(SurveyTotals load, long moreBytes) {
    rows += load.in() - load.refused();
    refused += load.refused();
    tokens += load.presentedTokens();
    bytes += moreBytes;
  }

  synchronized JobProgress now() {
    return clock.at(System.nanoTime(), new ProgressSums(rows, refused, tokens, bytes, rows));
  }
}
