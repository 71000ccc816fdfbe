package io.touchstone.selection.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is computed of values that pass by once: moments, a correlation, a sample. */
final class StreamedFiguresTest {

  @Test
  void momentsAreThoseOfTheHandComputedExample() {
    Moments moments = new Moments();
    for (double value : new double[] {2, 4, 4, 4, 5, 5, 7, 9}) {
      moments.add(value);
    }
    assertThat(moments.count()).isEqualTo(8);
    assertThat(moments.mean()).isCloseTo(5, within(1e-12));
    assertThat(moments.deviation()).isCloseTo(2, within(1e-12));
    assertThat(moments.min()).isEqualTo(2);
    assertThat(moments.max()).isEqualTo(9);
  }

  @Test
  void pearsonIsThatOfTheHandComputedExample() {
    Comoments pairs = new Comoments();
    double[] x = {1, 2, 3, 4, 5};
    double[] y = {2, 1, 4, 3, 5};
    for (int i = 0; i < x.length; i++) {
      pairs.add(x[i], y[i]);
    }
    assertThat(pairs.pearson().orElseThrow()).isCloseTo(0.8, within(1e-12));
    assertThat(Agreement.pearson(x, y).orElseThrow()).isCloseTo(0.8, within(1e-12));
  }

  @Test
  void aConstantSideHasNoCorrelation() {
    Comoments pairs = new Comoments();
    pairs.add(1, 3);
    pairs.add(2, 3);
    assertThat(pairs.pearson()).isEmpty();
    assertThat(Agreement.pearson(new double[] {1, 2}, new double[] {3, 3}))
        .isEqualTo(OptionalDouble.empty());
  }

  @Test
  void aReservoirKeepsAllWhileThereIsRoom() {
    Reservoir reservoir = new Reservoir(3, 1);
    assertThat(new int[] {reservoir.place(), reservoir.place(), reservoir.place()})
        .containsExactly(0, 1, 2);
    assertThat(reservoir.keepsAll()).isTrue();
    int place = reservoir.place();
    assertThat(place).isBetween(-1, 2);
    assertThat(reservoir.keepsAll()).isFalse();
    assertThat(reservoir.held()).isEqualTo(3);
  }

  @Test
  void aReservoirKeepsEveryItemAsOftenAsAnyOther() {
    Random seeds = new Random(11);
    int items = 40;
    int room = 10;
    int times = 4_000;
    long[] kept = new long[items];
    for (int i = 0; i < times; i++) {
      Reservoir reservoir = new Reservoir(room, seeds.nextLong());
      int[] held = new int[room];
      for (int item = 0; item < items; item++) {
        int place = reservoir.place();
        if (place >= 0) {
          held[place] = item;
        }
      }
      Arrays.stream(held).forEach(item -> kept[item]++);
    }
    // A quarter of 4,000, give or take five standard deviations.
    assertThat(Arrays.stream(kept)).allSatisfy(count -> assertThat(count).isBetween(863L, 1137L));
  }
}
