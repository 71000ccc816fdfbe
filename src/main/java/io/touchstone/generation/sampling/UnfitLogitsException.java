package io.touchstone.generation.sampling;

/** Logits from which no token can be taken; the message says why. The row has no answer. */
public final class UnfitLogitsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnfitLogitsException(String message) {
    super(message);
  }

  static UnfitLogitsException notNumbers() {
    return new UnfitLogitsException("expected numbers as logits, found NaN or infinity");
  }
}
