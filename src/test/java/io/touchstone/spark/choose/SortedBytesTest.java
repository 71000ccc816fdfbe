package io.touchstone.spark.choose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.jobs.choose.RowPosition;
import io.touchstone.selection.ConversationDigest;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SortedBytesTest {

  private static int order(byte[] left, byte[] right) {
    return Integer.signum(new SortedBytes.Order().compare(left, right));
  }

  @Test
  void scoresSortFromTheBestAndEqualOnesByTheirRow() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<Double> edges =
        List.of(0.0, -0.0, Double.MIN_VALUE, -Double.MIN_VALUE, Double.MAX_VALUE, -1e300, 1.0);
    for (int i = 0; i < 10_000; i++) {
      double a = number(random, edges);
      double b = number(random, edges);
      long row = random.nextInt(3);
      long other = random.nextInt(3);
      int expected = a == b ? Long.compare(row, other) : a > b ? -1 : 1;
      assertThat(order(SortedBytes.scored(a, row), SortedBytes.scored(b, other)))
          .as("%s at %d, %s at %d", a, row, b, other)
          .isEqualTo(expected);
      assertThat(SortedBytes.score(SortedBytes.scored(a, row))).isEqualTo(a);
      assertThat(SortedBytes.position(SortedBytes.scored(a, row))).isEqualTo(row);
    }
  }

  private static double number(Random random, List<Double> edges) {
    return random.nextInt(3) == 0
        ? edges.get(random.nextInt(edges.size()))
        : random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10);
  }

  @Test
  void equalConversationsStandBesideEachOtherInTheOrderOfTheirRows() {
    ConversationDigest digest = new ConversationDigest(-5, 7);
    byte[] first = SortedBytes.digested(digest, 3, 9.5);
    byte[] second = SortedBytes.digested(digest, 4, -9.5);
    byte[] other = SortedBytes.digested(new ConversationDigest(-5, 8), 0, 0);
    assertThat(order(first, second)).isNegative();
    assertThat(order(second, other)).isNegative();
    assertThat(SortedBytes.sameDigest(first, second)).isTrue();
    assertThat(SortedBytes.sameDigest(first, other)).isFalse();
    assertThat(SortedBytes.digestedPosition(second)).isEqualTo(4);
    assertThat(SortedBytes.digestedScore(second)).isEqualTo(-9.5);
  }

  @Test
  void positionsAreOrderedAsTheInputIs() {
    long position = RowPosition.of(8_388_607, (1L << 40) - 1);
    assertThat(position).isEqualTo(Long.MAX_VALUE);
    assertThat(RowPosition.piece(position)).isEqualTo(8_388_607);
    assertThat(RowPosition.number(position)).isEqualTo((1L << 40) - 1);
    assertThat(RowPosition.of(1, 0)).isGreaterThan(RowPosition.of(0, (1L << 40) - 1));
    assertThatThrownBy(() -> RowPosition.of(1 << 23, 0))
        .hasMessage("expected at most 8388608 pieces of 2^40 rows, found row 0 of piece 8388608");
  }
}
