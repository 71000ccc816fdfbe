package io.touchstone.engine.device;

import ai.djl.pytorch.jni.JniUtils;
import io.touchstone.scoring.ScorerException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The threads that compute. Each runs whole tasks by itself; libtorch's own threads stay off.
 *
 * <p>With them on, libtorch would cut matrix products and vector loops by their sizes and by the
 * number of threads, and a row's last bits would depend on both (seen in libtorch 2.7.1: products
 * of [n, 2816] and [2816, 1024] from n = 511 on). A task alone on its thread gives the same bits
 * always, and loses nothing: there are more tasks than threads.
 */
public final class Workers implements AutoCloseable {
  private final int threads;
  private final ExecutorService pool;

  public Workers(int threads) {
    this.threads = threads;
    this.pool = Executors.newFixedThreadPool(threads, Workers::thread);
  }

  public int threads() {
    return threads;
  }

  private static Thread thread(Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              settle();
              work.run();
            },
            "forward-pass");
    thread.setDaemon(true);
    return thread;
  }

  /** Settings of the thread that calls this, for calls of the program. */
  public static void settle() {
    JniUtils.setNumThreads(1);
    // Fusion would be tried anew for each shape, and every load has others.
    JniUtils.setGraphExecutorOptimize(false);
  }

  /**
   * Runs all tasks and waits for them, also when one fails or the caller is interrupted: they write
   * into tensors that the caller then frees.
   *
   * @throws ScorerException with the first failure
   */
  public void run(List<Runnable> tasks) {
    List<CompletableFuture<Void>> running =
        tasks.stream().map(task -> CompletableFuture.runAsync(task, pool)).toList();
    ScorerException failure = null;
    for (CompletableFuture<Void> task : running) {
      try {
        // Is not interrupted, but keeps the thread's interruption.
        task.join();
      } catch (CompletionException e) {
        failure = failure == null ? failureOf(e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Runs one task and waits for its result. */
  public <T> T call(Supplier<T> task) {
    List<T> result = new ArrayList<>(1);
    run(List.of(() -> result.add(task.get())));
    return result.get(0);
  }

  private static ScorerException failureOf(CompletionException e) {
    return e.getCause() instanceof ScorerException known
        ? known
        : new ScorerException("the forward pass failed: " + e.getCause(), e);
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
