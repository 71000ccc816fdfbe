package io.touchstone.generation.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.touchstone.checkpoint.config.LogitRules;
import io.touchstone.checkpoint.config.LogitRules.LengthDecay;
import io.touchstone.checkpoint.config.LogitRules.SequenceBias;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TokenChooserTest {
  private static final int[] PROMPT = {1, 2};
  private static final RowIdentity ROW = RowIdentity.ofPrompt(PROMPT);
  private static final float[] THIRDS = {0, (float) Math.log(3), (float) Math.log(6), -40};

  @Test
  void takesTheBestTokenWithoutACopyWhereNothingChangesLogits() {
    GivenLogits logits = new GivenLogits(1, 3, 3, 2);
    ChosenToken token = chooser(SamplingRules.greedy(List.of(), 9), 0).next(logits);
    assertThat(token.id()).isEqualTo(1);
    assertThat(logits.copies).isZero();
  }

  @Test
  void tellsTheProbabilityBeforeAnyRuleAndTemperature() {
    LogitRules biased =
        new LogitRules(
            List.of(new SequenceBias(List.of(0), 20)),
            1,
            0,
            List.of(),
            List.of(),
            List.of(),
            false,
            LengthDecay.NONE,
            List.of(),
            List.of());
    Decoding.Sampling cold = new Decoding.Sampling(0.1, 0, 1, 1, 0, 1, 0, 0);
    ChosenToken token = chooser(rules(cold, biased, 0), 0).next(new GivenLogits(THIRDS));
    assertThat(token.id()).isZero();
    assertThat(token.logprob()).isCloseTo(Math.log(0.1), within(1e-6));
  }

  @Test
  void drawsTokensAsOftenAsTheirProbabilitiesSay() {
    double[] expected = {0.1, 0.3, 0.6, 0};
    // Two degrees of freedom: one seed in a thousand exceeds it.
    assertThat(chiSquare(frequencies(Decoding.Sampling.PLAIN, 20_000), expected)).isLessThan(13.8);
    // A temperature of 1/2 squares probabilities.
    double[] squared = {0.01 / 0.46, 0.09 / 0.46, 0.36 / 0.46, 0};
    Decoding.Sampling cold = new Decoding.Sampling(0.5, 0, 0, 1, 0, 1, 0, 0);
    assertThat(chiSquare(frequencies(cold, 20_000), squared)).isLessThan(13.8);
    Decoding.Sampling two = new Decoding.Sampling(1, 0, 2, 1, 0, 1, 0, 0);
    assertThat(chiSquare(frequencies(two, 20_000), new double[] {0, 1 / 3., 2 / 3., 0}))
        .isLessThan(13.8);
  }

  /** One draw of each of many rows. */
  private static int[] frequencies(Decoding.Sampling how, int rows) {
    int[] frequencies = new int[THIRDS.length];
    SamplingRules rules = rules(how, LogitRules.NONE, 11);
    for (int row = 0; row < rows; row++) {
      TokenChooser chooser = new TokenChooser(rules, PROMPT, RowIdentity.ofId("row " + row), 0);
      frequencies[chooser.next(new GivenLogits(THIRDS)).id()]++;
    }
    return frequencies;
  }

  private static double chiSquare(int[] found, double[] expected) {
    double sum = 0;
    int all = IntStream.of(found).sum();
    for (int id = 0; id < found.length; id++) {
      if (expected[id] == 0) {
        assertThat(found[id]).isZero();
      } else {
        sum += Math.pow(found[id] - all * expected[id], 2) / (all * expected[id]);
      }
    }
    return sum;
  }

  @Test
  void drawsTheSameWhateverIsDrawnBesideItAndInWhateverOrder() {
    List<List<Integer>> alone = new ArrayList<>();
    for (int sample = 0; sample < 8; sample++) {
      TokenChooser chooser = chooser(sampling(), sample);
      alone.add(IntStream.range(0, 20).map(step -> next(chooser, step)).boxed().toList());
    }
    List<TokenChooser> together =
        IntStream.range(0, 8).mapToObj(sample -> chooser(sampling(), sample)).toList();
    List<List<Integer>> found = new ArrayList<>();
    together.forEach(chooser -> found.add(new ArrayList<>()));
    List<Integer> order = new ArrayList<>(IntStream.range(0, 8).boxed().toList());
    Random random = new Random(2);
    for (int step = 0; step < 20; step++) {
      Collections.shuffle(order, random);
      for (int sample : order) {
        found.get(sample).add(next(together.get(sample), step));
      }
    }
    assertThat(found).isEqualTo(alone);
    assertThat(alone).doesNotHaveDuplicates();
  }

  @Test
  void theFirstSampleMayBeTheBestTokensWhileTheOthersDrawAsTheyDo() {
    SamplingRules first =
        rules(new Decoding.FirstGreedy(Decoding.Sampling.PLAIN), LogitRules.NONE, 3);
    SamplingRules greedy = rules(new Decoding.Greedy(), LogitRules.NONE, 3);
    for (int sample = 0; sample < 4; sample++) {
      TokenChooser chooser = chooser(first, sample);
      TokenChooser same = chooser(sample == 0 ? greedy : sampling(), sample);
      for (int step = 0; step < 20; step++) {
        assertThat(next(chooser, step)).isEqualTo(next(same, step));
      }
    }
  }

  private static int next(TokenChooser chooser, int step) {
    float[] logits = new float[50];
    Random random = new Random(step);
    for (int id = 0; id < logits.length; id++) {
      logits[id] = (float) random.nextGaussian();
    }
    return chooser.next(new GivenLogits(logits)).id();
  }

  @Test
  void countsItsOwnTokensAmongThoseThatOccurred() {
    LogitRules rules = LogitRules.NONE.withRepetitionPenalty(2);
    TokenChooser chooser = chooser(rules(new Decoding.Greedy(), rules, 0), 0);
    GivenLogits logits = new GivenLogits(5, 0, 0, 4, 3);
    assertThat(List.of(chooser.next(logits).id(), chooser.next(logits).id())).containsExactly(0, 3);
    assertThat(chooser.next(logits).id()).isEqualTo(4);
    // All are halved now.
    assertThat(chooser.next(logits).id()).isZero();
  }

  @Test
  void refusesLogitsThatAreNoNumbers() {
    GivenLogits logits = new GivenLogits(1, Float.NaN);
    assertThatThrownBy(() -> chooser(SamplingRules.greedy(List.of(), 9), 0).next(logits))
        .isInstanceOf(UnfitLogitsException.class)
        .hasMessage("expected numbers as logits, found NaN or infinity");
    assertThatThrownBy(() -> chooser(sampling(), 0).next(logits))
        .hasMessage("expected numbers as logits, found NaN or infinity");
  }

  private static SamplingRules sampling() {
    return rules(Decoding.Sampling.PLAIN, LogitRules.NONE, 3);
  }

  private static SamplingRules rules(Decoding decoding, LogitRules logits, long seed) {
    return new SamplingRules(decoding, logits, List.of(), 0, 0, 100, List.of(), 8, seed);
  }

  private static TokenChooser chooser(SamplingRules rules, int sample) {
    return new TokenChooser(rules, PROMPT, ROW, sample);
  }
}
