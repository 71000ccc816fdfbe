package io.touchstone.generation.pipeline;

import io.touchstone.generation.Logits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes the next tokens of many answers at once, on threads of its own beside the caller's. */
final class Choosing implements AutoCloseable {

  /** An answer, and the logits that follow on it. */
  record Asking(OpenAnswer answer, Logits logits) {}

  private final int threads;
  private final ExecutorService pool;

  /**
   * @param threads the caller's among them
   */
  Choosing(int threads) {
    this.threads = threads;
    AtomicInteger number = new AtomicInteger();
    this.pool =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "touchstone-choosing-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  void choose(List<Asking> asking) {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> helpers = new ArrayList<>();
    for (int t = 1; t < Math.min(threads, asking.size()); t++) {
      helpers.add(pool.submit(() -> work(asking, next)));
    }
    try {
      work(asking, next);
    } finally {
      // Logits are only valid until the next pass: nobody may read them afterwards.
      helpers.forEach(Choosing::join);
    }
  }

  private static void work(List<Asking> asking, AtomicInteger next) {
    for (int i = next.getAndIncrement(); i < asking.size(); i = next.getAndIncrement()) {
      asking.get(i).answer().accept(asking.get(i).logits());
    }
  }

  private static void join(Future<?> helper) {
    boolean interrupted = false;
    while (true) {
      try {
        helper.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        throw new IllegalStateException("expected a token, found " + e.getCause(), e.getCause());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
