package io.touchstone.conversation.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ByteScanTest {

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
      assertThat(ByteScan.next('\n', bytes, from, to)).as("seed " + seed).isEqualTo(expected);
      int count = 0;
      for (int i = from; i < to; i++) {
        count += bytes[i] == '\n' ? 1 : 0;
      }
      assertThat(ByteScan.count('\n', bytes, from, to)).as("seed " + seed).isEqualTo(count);
    }
  }

  @Test
  void seesABytePastAsciiWhereverItIs() {
    for (int length = 0; length < 20; length++) {
      byte[] bytes = new byte[length];
      Arrays.fill(bytes, (byte) 0x7f);
      assertThat(ByteScan.isAscii(bytes)).isTrue();
      for (int at = 0; at < length; at++) {
        bytes[at] = (byte) 0x80;
        assertThat(ByteScan.isAscii(bytes)).as("length %d, byte %d", length, at).isFalse();
        bytes[at] = 0x7f;
      }
    }
  }
}
