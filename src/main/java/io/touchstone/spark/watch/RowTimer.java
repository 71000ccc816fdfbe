package io.touchstone.spark.watch;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.commons.lang3.concurrent.BasicThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends this process when rows take longer than they may: nothing else ends a call of native code.
 */
final class RowTimer {

  private static final Logger LOG = LoggerFactory.getLogger(RowTimer.class);

  /** That of a job that failed. */
  private static final int STATUS = 1;

  private static final long CHECK_MILLIS = 250;

  private static final ScheduledExecutorService THREAD =
      Executors.newSingleThreadScheduledExecutor(
          new BasicThreadFactory.Builder()
              .namingPattern("touchstone-row-timer")
              .daemon(true)
              .build());

  private RowTimer() {}

  /**
   * @param seconds after which the process ends
   * @param lastWords done before, whether it fails or not
   * @param missed what has not come
   * @return to be cancelled when the rows are done
   */
  static ScheduledFuture<?> start(long seconds, Runnable lastWords, String what, String missed) {
    return THREAD.schedule(() -> end(seconds, lastWords, what, missed), seconds, TimeUnit.SECONDS);
  }

  /**
   * @param check done a few times a second
   */
  static ScheduledFuture<?> every(Runnable check) {
    return THREAD.scheduleWithFixedDelay(check, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Ends the process at once. */
  static void end(long seconds, Runnable lastWords, String what, String missed) {
    try {
      LOG.error(
          "{}: {} within {} s (--row-timeout); native code cannot be interrupted, so this"
              + " process ends itself. One of the next attempts runs these rows one by one, and"
              + " rejects one that is late alone; a job in one process goes on with the same command",
          what,
          missed,
          seconds);
      lastWords.run();
    } finally {
      Runtime.getRuntime().halt(STATUS);
    }
  }
}
