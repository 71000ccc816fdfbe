package io.touchstone.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ScoreDistributionTest {

  @Test
  void knowsMomentsAndExtremes() {
    ScoreDistribution scores = ScoreDistribution.of(List.of(1f, 2f, 4f, -3f));
    assertThat(scores.count()).isEqualTo(4);
    assertThat(scores.mean()).isCloseTo(1.0, within(1e-12));
    assertThat(scores.deviation()).isCloseTo(Math.sqrt(26 / 4.0), within(1e-12));
    assertThat(scores.min()).isEqualTo(-3);
    assertThat(scores.max()).isEqualTo(4);
  }

  @Test
  void partsAddUpToTheWhole() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<Float> all = new ArrayList<>();
    ScoreDistribution sum = ScoreDistribution.EMPTY;
    for (int part = 0; part < 20; part++) {
      List<Float> values = new ArrayList<>();
      float spread = (float) Math.pow(10, random.nextInt(12) - 4);
      for (int i = random.nextInt(50); i > 0; i--) {
        values.add((float) random.nextGaussian() * spread);
      }
      all.addAll(values);
      sum = sum.plus(ScoreDistribution.of(values));
    }
    ScoreDistribution whole = ScoreDistribution.of(all);
    assertThat(sum.count()).isEqualTo(whole.count());
    assertThat(sum.mean()).isCloseTo(whole.mean(), within(1e-9 * whole.deviation()));
    assertThat(sum.deviation()).isCloseTo(whole.deviation(), within(1e-9 * whole.deviation()));
    assertThat(sum.bins()).isEqualTo(whole.bins());
    assertThat(sum.binExponent()).isEqualTo(whole.binExponent());
  }

  @Test
  void drawsFewBarsThatHoldEveryValue() {
    ScoreDistribution scores = ScoreDistribution.of(List.of(0f, 0.1f, 1f, 2.5f, 3.9f));
    List<ScoreDistribution.Bar> bars = scores.bars(8);
    assertThat(bars).hasSizeLessThanOrEqualTo(8);
    assertThat(bars.get(0).from()).isEqualTo(0);
    assertThat(bars.get(bars.size() - 1).to()).isGreaterThan(3.9);
    assertThat(bars.stream().mapToLong(ScoreDistribution.Bar::count).sum()).isEqualTo(5);
    assertThat(ScoreDistribution.EMPTY.bars(8)).isEmpty();
  }

  @Test
  void staysSmallWhateverTheValues() {
    ScoreDistribution scores = ScoreDistribution.of(List.of(-3e38f, 1e-30f, 3e38f));
    assertThat(scores.bins()).hasSizeLessThanOrEqualTo(128);
    assertThat(scores.bars(10)).hasSizeLessThanOrEqualTo(10);
  }
}
