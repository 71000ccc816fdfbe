package io.touchstone.jobs.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class RepeatsTest {

  private static long[] digests(int rows, int distinct) {
    long[] of = new Random(7).longs(distinct).toArray();
    long[] digests = new long[rows];
    for (int i = 0; i < rows; i++) {
      digests[i] = of[i % distinct];
    }
    return digests;
  }

  @Test
  void rowsThatShareAnIdentityAreCountedExactlyAsLongAsIdentitiesAreFew() {
    Repeats repeats = Repeats.of(digests(1_000, 300));
    assertThat(repeats.count()).isEqualTo(700);
    assertThat(repeats.isExact()).isTrue();
    assertThat(Repeats.NONE.plus(repeats).plus(Repeats.of(digests(1_000, 300))).count())
        .as("over pieces")
        .isEqualTo(1_700);
  }

  @Test
  void ofManyTheCountIsAnEstimateHoweverTheyWereAdded() {
    long[] digests = digests(400_000, 100_000);
    Repeats whole = Repeats.of(digests);
    assertThat(whole.isExact()).isFalse();
    assertThat((double) whole.count()).isCloseTo(300_000, within(3_000.0));
    Repeats parts = Repeats.NONE;
    for (int start = 0; start < digests.length; start += 50_000) {
      long[] part = java.util.Arrays.copyOfRange(digests, start, start + 50_000);
      parts = parts.plus(Repeats.of(part));
    }
    assertThat(parts.toString()).isEqualTo(whole.toString());
  }

  @Test
  void aRecordKeepsAllOfIt() {
    for (Repeats each :
        new Repeats[] {
          Repeats.NONE, Repeats.of(digests(10, 3)), Repeats.of(digests(50_000, 40_000))
        }) {
      Repeats back = Repeats.read(each.toString());
      assertThat(back.toString()).isEqualTo(each.toString());
      assertThat(back.count()).isEqualTo(each.count());
      assertThat(back.isExact()).isEqualTo(each.isExact());
    }
    assertThatThrownBy(() -> Repeats.read("7")).hasMessage("expected ROWS:DIGESTS, found no colon");
  }
}
