package io.touchstone.generation.sampling;

/**
 * Philox 4x32 with 10 rounds: random numbers that are a function of a counter and a key alone
 * (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011).
 */
final class Philox {
  private static final int ROUNDS = 10;
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final long LOW = 0xFFFFFFFFL;

  private Philox() {}

  /**
   * One block.
   *
   * @param counter four words
   * @param key0 the key's first word
   * @param key1 its second
   * @return four words
   */
  static int[] block(int[] counter, int key0, int key1) {
    int[] x = counter.clone();
    int weyl0 = key0;
    int weyl1 = key1;
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * (x[0] & LOW);
      long product1 = MULTIPLIER_1 * (x[2] & LOW);
      x[0] = (int) (product1 >>> Integer.SIZE) ^ x[1] ^ weyl0;
      x[1] = (int) product1;
      x[2] = (int) (product0 >>> Integer.SIZE) ^ x[3] ^ weyl1;
      x[3] = (int) product0;
      weyl0 += WEYL_0;
      weyl1 += WEYL_1;
    }
    return x;
  }
}
