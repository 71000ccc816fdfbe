package io.touchstone.scoring;

/**
 * How much memory a forward pass may take, and what fits into it.
 *
 * @param budget bytes that it may take
 * @param fixed bytes that it takes whatever the load: weights of the layers at hand, work space
 * @param perToken bytes that a token of a load takes at most
 * @param loadTokens about how many tokens a load should have
 */
public record MemoryPlan(long budget, long fixed, long perToken, int loadTokens) {

  public MemoryPlan {
    if (perToken < 1
        || loadTokens < 1
        || fixed < 0
        || bytes(fixed, perToken, loadTokens) > budget) {
      throw new IllegalArgumentException(
          "memory plan: expected loads within "
              + budget
              + " bytes, found "
              + fixed
              + " and "
              + perToken
              + " for each of "
              + loadTokens
              + " tokens");
    }
  }

  /** The most distinct tokens that one pass can take: a longer conversation fits no load. */
  public int mostTokens() {
    return (int) Math.min(Integer.MAX_VALUE, (budget - fixed) / perToken);
  }

  /** What a pass over so many tokens takes at most. */
  public long bytesFor(int tokens) {
    return bytes(fixed, perToken, tokens);
  }

  private static long bytes(long fixed, long perToken, int tokens) {
    return Math.addExact(fixed, Math.multiplyExact(perToken, tokens));
  }
}
