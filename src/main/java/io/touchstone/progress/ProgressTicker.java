package io.touchstone.progress;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the caller where the job stands, on a thread of its own, until it is closed. */
public final class ProgressTicker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressTicker.class);
  private static final long PERIOD_MILLIS = 500;

  private final ScheduledExecutorService thread;

  /**
   * @param tick called twice a second
   */
  public ProgressTicker(Runnable tick) {
    thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread daemon = new Thread(work, "touchstone-progress");
              daemon.setDaemon(true);
              return daemon;
            });
    thread.scheduleAtFixedRate(
        () -> guarded(tick), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** A display that fails must not end the others, and never the job. */
  private static void guarded(Runnable tick) {
    try {
      tick.run();
    } catch (RuntimeException e) {
      LOG.warn("progress cannot be shown", e);
    }
  }

  /** Returns when the last tick has ended. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      thread.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
