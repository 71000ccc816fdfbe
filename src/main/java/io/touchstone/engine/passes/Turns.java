package io.touchstone.engine.passes;

import ai.djl.pytorch.engine.PtNDArray;
import java.util.function.UnaryOperator;

/**
 * How far the positions of a pass's tokens turn heads, [tokens, D / 2]; empty where they do not.
 *
 * @param full in layers that see all tokens before one
 * @param sliding in layers with a window; often the same tensor
 */
record Turns(PtNDArray full, PtNDArray sliding) {

  /** The same of other rows. */
  Turns of(UnaryOperator<PtNDArray> rows) {
    PtNDArray some = full.isEmpty() ? full : rows.apply(full);
    return new Turns(some, full == sliding ? some : rows.apply(sliding));
  }
}
