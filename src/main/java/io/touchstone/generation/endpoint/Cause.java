package io.touchstone.generation.endpoint;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What a future failed with, out of the wrapping that each stage behind it may add. */
final class Cause {

  private Cause() {}

  static Throwable of(Throwable thrown) {
    Throwable bare = thrown;
    for (@Nullable Throwable within = bare.getCause();
        bare instanceof CompletionException && within != null;
        within = bare.getCause()) {
      bare = within;
    }
    return bare;
  }
}
