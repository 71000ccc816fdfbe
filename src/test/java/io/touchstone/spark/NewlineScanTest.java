package io.touchstone.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class NewlineScanTest {

  @Test
  void findsTheFirstLineFeedAsAPlainLoopDoes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      for (int i = 0; i < bytes.length; i++) {
        // Neighbours of the line feed are what bit tricks mistake for it.
        bytes[i] = random.nextBoolean() ? bytes[i] : (byte) (9 + random.nextInt(3));
      }
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length - from + 1);
      int expected = from;
      while (expected < to && bytes[expected] != '\n') {
        expected++;
      }
      assertThat(NewlineScan.next(bytes, from, to)).as("seed " + seed).isEqualTo(expected);
      int count = 0;
      for (int i = from; i < to; i++) {
        count += bytes[i] == '\n' ? 1 : 0;
      }
      assertThat(NewlineScan.count(bytes, from, to)).as("seed " + seed).isEqualTo(count);
    }
  }
}
