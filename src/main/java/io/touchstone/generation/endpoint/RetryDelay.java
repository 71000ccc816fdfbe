package io.touchstone.generation.endpoint;

import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/** How long is waited before a request is tried again. */
interface RetryDelay {

  /** Longer than this no job waits because a server asks it to. */
  long LONGEST_ASKED_MILLIS = 3_600_000;

  /**
   * @param failed tries, 1 or more
   * @param asked milliseconds for which the server wants to be left alone
   */
  long millis(int failed, OptionalLong asked);

  /**
   * Half a second, twice as long each time up to a minute, less up to half by chance, so that not
   * all come back together; behind what the server asks for.
   */
  static RetryDelay growing() {
    int doublings = 7;
    long longest = 60_000;
    return (failed, asked) -> {
      long most = Math.min(500L << Math.min(failed - 1, doublings), longest);
      return asked.orElse(0) + ThreadLocalRandom.current().nextLong(most / 2, most + 1);
    };
  }
}
