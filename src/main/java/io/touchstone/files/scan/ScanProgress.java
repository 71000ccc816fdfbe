package io.touchstone.files.scan;

import io.touchstone.files.read.InputFile;
import io.touchstone.progress.JobProgress;
import io.touchstone.progress.ProgressClock;
import io.touchstone.progress.ProgressSums;
import io.touchstone.progress.ProgressTicker;
import java.util.List;
import java.util.function.Consumer;

/** Tells how far a job in this process has read its files, until it is closed. */
public final class ScanProgress implements AutoCloseable {

  private final ProgressClock clock;
  private final ProgressTicker ticker;
  private ProgressSums sums = ProgressSums.NONE;

  /**
   * @param files all that will be read
   * @param display called twice a second by a thread of its own
   */
  public ScanProgress(List<InputFile> files, Consumer<JobProgress> display) {
    this.clock =
        new ProgressClock(System.nanoTime(), 0, files.stream().mapToLong(InputFile::bytes).sum());
    this.ticker = new ProgressTicker(() -> display.accept(now()));
  }

  synchronized void add(ProgressSums more) {
    sums = sums.plus(more);
  }

  private synchronized JobProgress now() {
    return clock.at(System.nanoTime(), sums);
  }

  @Override
  public void close() {
    ticker.close();
  }
}
