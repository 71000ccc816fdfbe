package io.touchstone.checkpoint.encoder;

import java.util.List;
import java.util.Optional;

/**
 * How a row's last states become its outputs.
 *
 * @param pooling of the states
 * @param dense a layer in front of the last one
 * @param output the last layer's name, which always has a bias
 * @param labelNames one per output; empty where {@code id2label} only says {@code LABEL_i}
 */
public record EncoderHead(
    Pooling pooling,
    Optional<Dense> dense,
    String output,
    int outputs,
    List<String> labelNames,
    Problem problem) {

  public EncoderHead {
    labelNames = List.copyOf(labelNames);
  }

  /** Which states are read. */
  public enum Pooling {
    FIRST,
    MEAN
  }

  /** What {@code problem_type} says of the outputs, else how many there are. */
  public enum Problem {
    /** Each is a number of its own. */
    REGRESSION,
    /** They exclude each other. */
    ONE_LABEL,
    /** Each is true or not. */
    LABELS
  }

  /**
   * A square layer.
   *
   * @param norm the name of a norm behind it
   */
  public record Dense(
      String name, boolean bias, Activation activation, Optional<String> norm, boolean normBias) {}
}
