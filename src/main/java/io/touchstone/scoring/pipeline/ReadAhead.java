package io.touchstone.scoring.pipeline;

import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.function.Supplier;

/**
 * Windows prepared on a thread of their own while the model computes. At most three are in memory:
 * one that is scored, one that waits, one that is being read; of grouped ones, which are large, at
 * most two.
 */
final class ReadAhead implements AutoCloseable {

  /** Each gives a load, or nothing at the end, or throws what went wrong. */
  private final BlockingQueue<Supplier<Optional<Window>>> steps;

  private final Thread thread;

  ReadAhead(WindowReader windows) {
    steps = windows.isGrouping() ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(1);
    thread = new Thread(() -> read(windows), "read-ahead");
    thread.setDaemon(true);
    thread.start();
  }

  private void read(WindowReader windows) {
    try {
      try {
        while (windows.hasNext()) {
          Window window = windows.next();
          steps.put(() -> Optional.of(window));
        }
        steps.put(Optional::empty);
      } catch (RuntimeException | Error e) {
        steps.put(
            () -> {
              // The stack of the reading thread says where it happened, the type what to do.
              throw e;
            });
      }
    } catch (InterruptedException e) {
      // Closed: nobody waits for a step any more.
    }
  }

  /**
   * The next window; empty at the end.
   *
   * @throws RuntimeException as reading or preparing threw it
   */
  Optional<Window> next() throws InterruptedIOException {
    try {
      return steps.take().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while lines were read");
    }
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
