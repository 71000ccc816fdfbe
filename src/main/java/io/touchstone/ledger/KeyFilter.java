package io.touchstone.ledger;

import io.touchstone.scoring.PromptKey;
import java.nio.LongBuffer;

/**
 * A Bloom filter over keys, which are evenly spread already: of keys that were never added about
 * one in a hundred may seem to be there.
 *
 * @param words 64 bits each; owned by the filter
 */
record KeyFilter(long[] words) {

  private static final int BITS_PER_KEY = 10;
  private static final int PROBES = 7;

  static KeyFilter forKeys(long most) {
    return new KeyFilter(new long[words(most)]);
  }

  /** How large a filter for so many keys is. */
  static int words(long most) {
    return Math.toIntExact(Math.max(1, (most * BITS_PER_KEY + Long.SIZE - 1) / Long.SIZE));
  }

  static KeyFilter read(LongBuffer from, int count) {
    long[] words = new long[count];
    from.get(words);
    return new KeyFilter(words);
  }

  void add(PromptKey key) {
    long bits = (long) words.length * Long.SIZE;
    for (int probe = 0; probe < PROBES; probe++) {
      long bit = bit(key, probe, bits);
      words[(int) (bit / Long.SIZE)] |= 1L << bit % Long.SIZE;
    }
  }

  boolean mayHave(PromptKey key) {
    long bits = (long) words.length * Long.SIZE;
    for (int probe = 0; probe < PROBES; probe++) {
      long bit = bit(key, probe, bits);
      if ((words[(int) (bit / Long.SIZE)] & 1L << bit % Long.SIZE) == 0) {
        return false;
      }
    }
    return true;
  }

  private static long bit(PromptKey key, int probe, long bits) {
    return Long.remainderUnsigned(key.low() + probe * (key.high() | 1), bits);
  }
}
