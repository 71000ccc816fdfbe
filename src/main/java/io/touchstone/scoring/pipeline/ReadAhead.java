package io.touchstone.scoring.pipeline;

import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Loads prepared on a thread of their own while the model computes. At most three are in memory:
 * one that is scored, one that waits, one that is being read.
 */
final class ReadAhead implements AutoCloseable {

  /** A load, or the end, or what went wrong. */
  private sealed interface Step {}

  private record Ready(Load load) implements Step {}

  private record End() implements Step {}

  private record Failed(Throwable cause) implements Step {}

  private final BlockingQueue<Step> steps = new ArrayBlockingQueue<>(1);
  private final Thread thread;

  ReadAhead(LoadReader loads) {
    thread = new Thread(() -> read(loads), "read-ahead");
    thread.setDaemon(true);
    thread.start();
  }

  private void read(LoadReader loads) {
    try {
      try {
        while (loads.hasNext()) {
          steps.put(new Ready(loads.next()));
        }
        steps.put(new End());
      } catch (RuntimeException | Error e) {
        steps.put(new Failed(e));
      }
    } catch (InterruptedException e) {
      // Closed: nobody waits for a step any more.
    }
  }

  /**
   * The next load; empty at the end.
   *
   * @throws RuntimeException as reading or preparing threw it
   */
  Optional<Load> next() throws InterruptedIOException {
    Step step;
    try {
      step = steps.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while lines were read");
    }
    if (step instanceof Ready ready) {
      return Optional.of(ready.load());
    }
    if (step instanceof Failed failed) {
      // The stack of the reading thread says where it happened, the cause's type what to do.
      if (failed.cause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failed.cause();
    }
    return Optional.empty();
  }

  /** Waits until the reading thread has let go of its input. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
