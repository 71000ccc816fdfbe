package io.touchstone.problem;

/** The job failed after it was planned; the message names the piece, its file and the cause. */
public final class JobException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public JobException(String message) {
    super(message);
  }

  public JobException(String message, Throwable cause) {
    super(message, cause);
  }
}
