package io.touchstone.generation.endpoint;

import io.touchstone.generation.Prompt;
import io.touchstone.generation.endpoint.EndpointReply.Again;
import io.touchstone.generation.endpoint.EndpointReply.Blame;
import io.touchstone.generation.endpoint.EndpointReply.Hopeless;
import io.touchstone.generation.endpoint.EndpointReply.Sample;
import io.touchstone.generation.endpoint.EndpointReply.Unanswerable;
import io.touchstone.scoring.ScorerException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One sample of one prompt, asked for until there is an answer, or none to be had: a {@link Sample}
 * or {@link Unanswerable}; or a {@link ScorerException} where the server answers nobody.
 *
 * <p>A failure that the row may have caused is the row's, if it happens three times while the
 * server answers a question of ours.
 */
final class SampleCall {

  private static final int FAILURES_BY_A_ROW = 3;

  private final Endpoint endpoint;
  private final Prompt prompt;
  private final int sample;
  private final CompletableFuture<EndpointReply> result = new CompletableFuture<>();
  private volatile @Nullable CompletableFuture<?> underway;
  private int failures;
  private int failuresByRow;

  private SampleCall(Endpoint endpoint, Prompt prompt, int sample) {
    this.endpoint = endpoint;
    this.prompt = prompt;
    this.sample = sample;
  }

  /** Cancelling what is returned ends the request. */
  static CompletableFuture<EndpointReply> begin(Endpoint endpoint, Prompt prompt, int sample) {
    SampleCall call = new SampleCall(endpoint, prompt, sample);
    call.result.whenComplete((reply, failure) -> call.cancelIfCancelled());
    call.ask();
    return call.result;
  }

  private void cancelIfCancelled() {
    @Nullable CompletableFuture<?> request = underway;
    if (result.isCancelled() && request != null) {
      request.cancel(true);
    }
  }

  private void ask() {
    if (!result.isDone()) {
      go(endpoint.ask(prompt, sample), this::decide);
    }
  }

  /** Goes on when something has come, and ends the call with whatever is thrown there. */
  private <T> void go(CompletableFuture<T> next, Consumer<T> then) {
    underway = next;
    cancelIfCancelled();
    next.whenComplete(
        (value, failure) -> {
          try {
            if (failure != null) {
              throw Cause.of(failure);
            }
            then.accept(value);
          } catch (Throwable thrown) {
            result.completeExceptionally(thrown);
          }
        });
  }

  private void decide(EndpointReply reply) {
    if (reply instanceof Sample || reply instanceof Unanswerable) {
      result.complete(reply);
    } else if (reply instanceof Hopeless hopeless) {
      throw endpoint.failure(hopeless.told());
    } else if (reply instanceof Again again) {
      failures++;
      failuresByRow += again.blamed() == Blame.ROW ? 1 : 0;
      if (isSuspect(again)) {
        go(endpoint.answersAtAll(), answers -> blame(again, answers));
      } else {
        retry(again);
      }
    }
  }

  private boolean isSuspect(Again again) {
    return switch (again.blamed()) {
      case SERVER -> false;
      case EITHER -> isLastTry();
      case ROW -> isLastTry() || failuresByRow % FAILURES_BY_A_ROW == 0;
    };
  }

  private boolean isLastTry() {
    return failures > endpoint.config().retries();
  }

  private void blame(Again again, boolean serverAnswers) {
    if (serverAnswers) {
      result.complete(
          new Unanswerable(
              "failed-by-server",
              again.told() + ", after " + failures + " tries, while the server answers others"));
    } else {
      retry(again);
    }
  }

  private void retry(Again again) {
    if (isLastTry()) {
      throw endpoint.failure(again.told() + ", after " + failures + " tries");
    }
    long asked = again.waitMillis().orElse(0);
    if (asked > RetryDelay.LONGEST_ASKED_MILLIS) {
      throw endpoint.failure(
          again.told() + "; it asks to be left alone for " + asked / 1_000 + " s");
    }
    endpoint.afterFailure(failures, again.waitMillis(), this::askSafely);
  }

  private void askSafely() {
    try {
      ask();
    } catch (RuntimeException failure) {
      result.completeExceptionally(failure);
    }
  }
}
