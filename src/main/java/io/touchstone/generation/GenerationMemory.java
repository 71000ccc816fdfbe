package io.touchstone.generation;

import java.io.Serializable;

/**
 * What sequences take of the memory that a replica may use.
 *
 * @param budget bytes that the replica may take
 * @param fixed bytes that it takes without any sequence: weights at hand and a pass's work space
 * @param perSequence bytes of a sequence, however short
 * @param perToken bytes of a token, in whole blocks
 * @param blockTokens tokens of a block
 * @param passTokens the most tokens that one pass takes, prompts' and generated ones together
 */
public record GenerationMemory(
    long budget, long fixed, long perSequence, long perToken, int blockTokens, int passTokens)
    implements Serializable {

  /** What a sequence of so many tokens takes. */
  public long bytes(int tokens) {
    long blocks = (tokens + blockTokens - 1L) / blockTokens;
    return perSequence + perToken * blockTokens * blocks;
  }

  /** What is left for sequences. */
  public long forSequences() {
    return budget - fixed;
  }
}
