package io.touchstone.problem;

import java.io.IOException;

/** A file can be read, and is not what an input must be; the message names what was expected. */
public final class UnfitInputException extends IOException {
  private static final long serialVersionUID = 1L;

  public UnfitInputException(String message) {
    super(message);
  }
}
