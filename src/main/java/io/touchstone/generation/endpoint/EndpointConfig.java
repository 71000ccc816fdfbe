package io.touchstone.generation.endpoint;

import java.io.Serializable;
import java.time.Duration;

/**
 * Which server is asked for answers, and how.
 *
 * <p>Settings, by their names in files: {@code endpoint.url}, {@code endpoint.model}, {@code
 * endpoint.key-variable} or {@code endpoint.key-file} ({@link ApiKey}), {@code
 * endpoint.concurrency}, {@code endpoint.timeout} in seconds and {@code endpoint.retries}.
 *
 * @param url as {@link EndpointUrl#of} reads it
 * @param model as the server names it
 * @param key where it lies
 * @param concurrency the most requests of one process that are under way together
 * @param timeout of one request, from its first byte to the last of its reply
 * @param retries how often a request is tried again after the server did not answer
 */
public record EndpointConfig(
    EndpointUrl url, String model, ApiKey key, int concurrency, Duration timeout, int retries)
    implements Serializable {

  public static final int CONCURRENCY = 32;
  public static final Duration TIMEOUT = Duration.ofSeconds(1_800);

  /** With which a server may be away for four to eight minutes. */
  public static final int RETRIES = 12;

  public EndpointConfig {
    if (model.isBlank() || concurrency < 1 || timeout.toSeconds() < 1 || retries < 0) {
      throw new IllegalArgumentException(
          "expected a model's name, 1 request or more, 1 second or more and 0 retries or more");
    }
  }

  /** A server that wants no key. */
  public static EndpointConfig defaults(EndpointUrl url, String model) {
    return new EndpointConfig(url, model, new ApiKey.None(), CONCURRENCY, TIMEOUT, RETRIES);
  }

  /** The same server with a key. */
  public EndpointConfig with(ApiKey another) {
    return new EndpointConfig(url, model, another, concurrency, timeout, retries);
  }
}
