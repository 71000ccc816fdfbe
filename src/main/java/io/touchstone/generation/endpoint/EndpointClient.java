package io.touchstone.generation.endpoint;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * HTTP with one server: requests of bounded time whose replies have bounded bytes. Any thread. It
 * follows no redirect, which would take the key to another server.
 */
final class EndpointClient implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(30);
  private static final int FAILURE_BYTES = 64 << 10;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();

  private final ScheduledThreadPoolExecutor timer;
  private final Optional<String> key;
  private final Duration timeout;

  /**
   * @param key that each request brings; kept here alone
   */
  EndpointClient(Optional<String> key, Duration timeout) {
    this.key = key;
    this.timeout = timeout;
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "endpoint-timer");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
  }

  CompletableFuture<HttpReply> get(URI address, int mostBytes) {
    return send(HttpRequest.newBuilder(address).GET(), mostBytes);
  }

  /**
   * Posts JSON.
   *
   * @param mostBytes of a reply that is no failure
   */
  CompletableFuture<HttpReply> post(URI address, byte[] json, int mostBytes) {
    return send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(json)),
        mostBytes);
  }

  /** Cancelling what is returned ends the request; the server sees its connection closed. */
  private CompletableFuture<HttpReply> send(HttpRequest.Builder request, int mostBytes) {
    request.header("Accept", "application/json");
    key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    CompletableFuture<HttpResponse<byte[]>> response =
        http.sendAsync(request.build(), bounded(mostBytes));
    AtomicBoolean late = new AtomicBoolean();
    // The client's own time-out ends with the headers; a body that drips would last for ever.
    ScheduledFuture<?> alarm =
        timer.schedule(
            () -> {
              late.set(true);
              response.cancel(true);
            },
            timeout.toMillis(),
            TimeUnit.MILLISECONDS);
    CompletableFuture<HttpReply> reply =
        response.handle(
            (received, failure) -> {
              alarm.cancel(false);
              if (failure == null) {
                return reply(received);
              }
              throw new CompletionException(
                  late.get()
                      ? new HttpTimeoutException(
                          "no whole reply within " + timeout.toSeconds() + " s")
                      : failure);
            });
    reply.whenComplete(
        (received, failure) -> {
          if (reply.isCancelled()) {
            alarm.cancel(false);
            response.cancel(true);
          }
        });
    return reply;
  }

  private static BodyHandler<byte[]> bounded(int mostBytes) {
    return head ->
        head.statusCode() == HttpReply.OK
            ? new BoundedBody(mostBytes, BoundedBody.Excess.FAIL)
            : new BoundedBody(FAILURE_BYTES, BoundedBody.Excess.CUT);
  }

  private static HttpReply reply(HttpResponse<byte[]> received) {
    Optional<String> wait = received.headers().firstValue("Retry-After");
    return new HttpReply(
        received.statusCode(),
        received.headers().firstValue("Location").orElse(""),
        wait.map(header -> RetryAfter.millis(header, Clock.systemUTC()))
            .orElse(OptionalLong.empty()),
        received.body());
  }

  /** Runs what is to be tried again, later. */
  void after(long millis, Runnable work) {
    timer.schedule(work, millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
