package io.touchstone.jobs.survey;

import io.touchstone.problem.JobException;
import io.touchstone.progress.JobProgress;
import io.touchstone.progress.ProgressTicker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads places of an input on every core of the machine. */
final class PlaceReaders {
  private PlaceReaders() {}

  /**
   * What the looks give, in their order. When it returns none of them is under way.
   *
   * @param progress called twice a second by a thread of its own
   * @throws JobException if an input cannot be read
   */
  static <T> List<T> all(
      List<Callable<T>> looks, SurveyProgress standing, Consumer<JobProgress> progress) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try (ProgressTicker ticker = new ProgressTicker(() -> progress.accept(standing.now()))) {
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> look : looks) {
        running.add(threads.submit(look));
      }
      List<T> seen = new ArrayList<>();
      for (Future<T> each : running) {
        seen.add(each.get());
      }
      return seen;
    } catch (ExecutionException e) {
      throw new JobException("the input cannot be surveyed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobException("interrupted while the input was read", e);
    } finally {
      end(threads);
    }
  }

  /** A model must not be closed under a thread that still tokenizes with it. */
  private static void end(ExecutorService threads) {
    threads.shutdownNow();
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
