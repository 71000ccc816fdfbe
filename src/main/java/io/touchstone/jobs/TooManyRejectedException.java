package io.touchstone.jobs;

/** The job was stopped early; what was committed stays, and the same command goes on from there. */
public final class TooManyRejectedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public TooManyRejectedException(String message) {
    super(message);
  }
}
