package io.touchstone.generation;

/** The logits of one position, in fp32, before any rule has touched them. */
public interface Logits {

  /** The id of the largest one; the lowest id of those that share it. */
  int argmax();

  float at(int id);

  /** The logarithm of the sum of their exponentials. */
  double logSumExp();

  /** All of them, by id: a copy that is the caller's. */
  float[] all();
}
