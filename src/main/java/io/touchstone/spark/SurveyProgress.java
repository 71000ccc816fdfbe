package io.touchstone.spark;

import io.touchstone.scoring.SurveyTotals;

/** Where a survey stands; written by the thread that reads, read by the one that shows it. */
final class SurveyProgress {

  private final ProgressClock clock;
  private long rows;
  private long refused;
  private long tokens;
  private long bytesBefore;
  private long bytesHere;

  SurveyProgress(long bytes) {
    this.clock = new ProgressClock(System.nanoTime(), 0, bytes);
  }

  /**
   * @param bytesHere that were read of the place under way
   */
  synchronized void add(SurveyTotals load, long bytesHere) {
    rows += load.in() - load.refused();
    refused += load.refused();
    tokens += load.presentedTokens();
    this.bytesHere = bytesHere;
  }

  /** A place is done, all of it or what was wanted. */
  synchronized void end(long bytes) {
    bytesBefore += bytes;
    bytesHere = 0;
  }

  synchronized JobProgress now() {
    return clock.at(
        System.nanoTime(), new long[] {rows, refused, tokens, bytesBefore + bytesHere, rows});
  }
}
