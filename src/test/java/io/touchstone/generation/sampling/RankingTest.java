package io.touchstone.generation.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RankingTest {

  @Test
  void ordersByLogitAndThenById() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      float[] logits = drawn(random);
      List<Integer> expected =
          IntStream.range(0, logits.length)
              .boxed()
              .filter(id -> logits[id] > Float.NEGATIVE_INFINITY)
              .sorted(Comparator.<Integer>comparingDouble(id -> -(logits[id] + 0.0)))
              .toList();
      Ranking ranking = new Ranking(logits);
      assertThat(IntStream.range(0, ranking.size()).map(ranking::id).boxed().toList())
          .isEqualTo(expected);
      assertThat(ranking.bestId()).isEqualTo(expected.get(0));
    }
  }

  /** Wide and narrow ones, with tokens that are alike, zeros of both signs and impossible ones. */
  private static float[] drawn(Random random) {
    float[] logits = new float[1 + random.nextInt(300)];
    double width = Math.pow(10, random.nextInt(7) - 2);
    for (int id = 0; id < logits.length; id++) {
      float drawn = (float) (random.nextGaussian() * width);
      logits[id] =
          switch (random.nextInt(6)) {
            case 0 -> Float.NEGATIVE_INFINITY;
            case 1 -> Math.round(drawn);
            case 2 -> random.nextBoolean() ? 0f : -0f;
            default -> drawn;
          };
    }
    logits[0] = 0;
    return logits;
  }

  @Test
  void sumsWeightsOfAllItsTokens() {
    Ranking ranking =
        new Ranking(new float[] {0, (float) Math.log(2), Float.NEGATIVE_INFINITY, -30});
    assertThat(ranking.mass()).isCloseTo(1.5, org.assertj.core.data.Offset.offset(1e-7));
    assertThat(ranking.weight(0)).isEqualTo(1);
  }

  @Test
  void refusesLogitsFromWhichNothingCanBeTaken() {
    assertThatThrownBy(() -> new Ranking(new float[] {1, Float.NaN}))
        .isInstanceOf(UnfitLogitsException.class)
        .hasMessage("expected numbers as logits, found NaN or infinity");
    assertThatThrownBy(() -> new Ranking(new float[] {1, Float.POSITIVE_INFINITY}))
        .hasMessage("expected numbers as logits, found NaN or infinity");
    assertThatThrownBy(() -> new Ranking(new float[] {Float.NEGATIVE_INFINITY}))
        .hasMessage("expected a token that the rules of generation_config.json leave, found none");
  }
}
