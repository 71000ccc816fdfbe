package io.touchstone.generation.endpoint;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a process may have under way with its server: so many works together, the others wait for
 * their turn, first come, first served. Any thread.
 */
final class Lanes {

  private final int width;
  private final Queue<Entry<?>> waiting = new ArrayDeque<>();
  private int underway;
  private boolean reserved;

  private record Entry<T>(Supplier<CompletableFuture<T>> work, CompletableFuture<T> result) {}

  /** What is done alone, in the caller's thread. */
  interface Work<T> {
    T call() throws InterruptedException;
  }

  Lanes(int width) {
    this.width = width;
  }

  /**
   * Begins a work, as soon as there is a lane. Cancelling what is returned cancels what the work
   * returns, or keeps it from beginning.
   */
  <T> CompletableFuture<T> run(Supplier<CompletableFuture<T>> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    synchronized (this) {
      waiting.add(new Entry<>(work, result));
    }
    beginAll();
    return result;
  }

  /** Whether a work would begin at once. */
  synchronized boolean haveRoom() {
    return !reserved && waiting.size() + underway < width;
  }

  /**
   * Does something while no work is under way; those that wait begin behind it.
   *
   * @throws InterruptedException before it has begun, or from it
   */
  <T> T alone(Work<T> something) throws InterruptedException {
    synchronized (this) {
      while (reserved) {
        wait();
      }
      reserved = true;
    }
    try {
      synchronized (this) {
        while (underway > 0) {
          wait();
        }
      }
      return something.call();
    } finally {
      synchronized (this) {
        reserved = false;
        notifyAll();
      }
      beginAll();
    }
  }

  private void beginAll() {
    for (@Nullable Entry<?> next = next(); next != null; next = next()) {
      begin(next);
    }
  }

  private synchronized @Nullable Entry<?> next() {
    @Nullable Entry<?> next = null;
    while (!reserved && underway < width && next == null && !waiting.isEmpty()) {
      next = waiting.remove();
      if (next.result().isDone()) {
        next = null;
      }
    }
    underway += next == null ? 0 : 1;
    return next;
  }

  private <T> void begin(Entry<T> entry) {
    CompletableFuture<T> work;
    try {
      work = entry.work().get();
    } catch (RuntimeException failure) {
      work = CompletableFuture.failedFuture(failure);
    }
    CompletableFuture<T> begun = work;
    entry
        .result()
        .whenComplete(
            (value, failure) -> {
              if (entry.result().isCancelled()) {
                begun.cancel(true);
              }
            });
    begun.whenComplete(
        (value, failure) -> {
          end();
          if (failure == null) {
            entry.result().complete(value);
          } else {
            entry.result().completeExceptionally(failure);
          }
          beginAll();
        });
  }

  private synchronized void end() {
    underway--;
    notifyAll();
  }
}
