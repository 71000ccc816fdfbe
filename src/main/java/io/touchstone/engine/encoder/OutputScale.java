package io.touchstone.engine.encoder;

/** What is given of an encoder's outputs. */
public enum OutputScale {
  /** The numbers as they are. */
  RAW,
  /** Probabilities of its labels. */
  PROBABILITY
}
