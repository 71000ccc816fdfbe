package io.touchstone.generation.sampling;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.digest.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Random numbers of one answer: each is a function of the seed, the row's identity, the number of
 * the sample and the step, so that company, order, threads and a fresh start change none.
 *
 * @param key0 and the others: 128 bits of a digest, half of them the key, half of them the upper
 *     words of the counter
 */
record Draws(int key0, int key1, int counter2, int counter3) {
  private static final String PURPOSE = "touchstone draws 1\n";
  private static final int UPPER_BITS = 27;
  private static final int LOWER_BITS = 26;
  private static final double UNIT = 0x1p-53;

  /**
   * @param sample its number, from 0
   */
  static Draws of(long seed, RowIdentity row, int sample) {
    MessageDigest digest = Sha256.begin();
    digest.update(PURPOSE.getBytes(UTF_8));
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(sample).array());
    ByteBuffer key = ByteBuffer.wrap(digest.digest(row.digest().getBytes(UTF_8)));
    return new Draws(key.getInt(), key.getInt(), key.getInt(), key.getInt());
  }

  /**
   * The number of a step.
   *
   * @return from 0 to below 1, a multiple of 2^-53
   */
  double at(long step) {
    int[] counter = {(int) step, (int) (step >>> Integer.SIZE), counter2, counter3};
    int[] words = Philox.block(counter, key0, key1);
    long upper = Integer.toUnsignedLong(words[0]) >>> Integer.SIZE - UPPER_BITS;
    long lower = Integer.toUnsignedLong(words[1]) >>> Integer.SIZE - LOWER_BITS;
    return (upper << LOWER_BITS | lower) * UNIT;
  }
}
