package io.touchstone.scoring;

/**
 * The scorer itself failed: the job cannot go on. What is wrong with a row is a rejection instead.
 */
public final class ScorerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ScorerException(String message) {
    super(message);
  }

  public ScorerException(String message, Throwable cause) {
    super(message, cause);
  }
}
