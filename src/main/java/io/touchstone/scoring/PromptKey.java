package io.touchstone.scoring;

/**
 * What a conversation's score depends on, in 128 bits of SHA-256: where keys are equal, so is every
 * bit of the score. Ordered as an unsigned number.
 */
public record PromptKey(long high, long low) implements Comparable<PromptKey> {

  @Override
  public int compareTo(PromptKey other) {
    int order = Long.compareUnsigned(high, other.high);
    return order == 0 ? Long.compareUnsigned(low, other.low) : order;
  }
}
