package io.touchstone.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RewardTextTest {
  private static final RewardText ONE =
      new RewardText(new Attributes(List.of("helpfulness")), LabelStyle.FLOAT, null, null);
  private static final RewardText ROUNDED =
      new RewardText(
          new Attributes(List.of("helpfulness", "verbosity")), LabelStyle.ROUNDED, null, null);

  @Test
  void writesTheFewestDigitsThatReadBackAsTheSameFloat() {
    assertThat(ONE.json(reward(-4.78125f))).isEqualTo("-4.78125");
    assertThat(ONE.json(reward(0.1f))).isEqualTo("0.1");
    assertThat(ONE.json(reward(3f))).isEqualTo("3.0");
    assertThat(ONE.json(reward(1e10f))).isEqualTo("10000000000.0");
    assertThat(ONE.json(reward(-0f))).isEqualTo("-0.0");
    assertThat(ONE.json(reward(1.1754944e-38f))).isEqualTo("11754944E-45");
    // Float.toString of JDK 17 says 2.0000000E10 and 1.0E23-like texts a digit too long.
    assertThat(ONE.json(reward(2e23f))).isEqualTo("2E23");
    assertThat(ONE.json(reward(Float.MIN_VALUE))).isEqualTo("1E-45");
  }

  @Test
  void readsBackAsTheSameFloatAndNoDigitCanGo() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (!Float.isFinite(value)) {
        continue;
      }
      String text = RewardText.shortest(value);
      assertThat(Float.parseFloat(text)).isEqualTo(value);
      BigDecimal decimal = new BigDecimal(text).stripTrailingZeros();
      if (decimal.precision() > 1) {
        BigDecimal unit = decimal.scaleByPowerOfTen(1).ulp();
        BigDecimal shorter = decimal.divideToIntegralValue(unit).multiply(unit);
        assertThat(Float.parseFloat(shorter.toString())).isNotEqualTo(value);
      }
    }
  }

  @Test
  void aRewardOfStepsIsWhatTheyComeToAndTheyStandBesideIt() {
    Reward steps = reward(0.5f, 0.25f, 1f);
    assertThat(ONE.by(StepAggregate.MIN).json(steps)).isEqualTo("0.25");
    assertThat(ONE.by(StepAggregate.MEAN).json(steps)).isEqualTo("0.5833333");
    assertThat(ONE.by(StepAggregate.LAST).json(steps)).isEqualTo("1.0");
    assertThat(ONE.by(StepAggregate.PRODUCT).json(steps)).isEqualTo("0.125");
    assertThat(ONE.by(StepAggregate.MIN).label(steps)).isEqualTo("\"helpfulness:0.25\"");
    assertThat(ONE.by(StepAggregate.MIN).beside(steps)).containsExactly("[0.5, 0.25, 1.0]");
    assertThat(ONE.beside(reward(0.5f))).isEmpty();
  }

  @Test
  void clampsThenRoundsHalvesToTheEvenLabel() {
    float[] values = {-7f, -0.5f, 0.5f, 1.5f, 2.5f, 3.5f, 3.4999f, 4.4f, 99f};
    int[] labels = {0, 0, 0, 2, 2, 4, 3, 4, 4};
    for (int i = 0; i < values.length; i++) {
      assertThat(RewardText.rounded(values[i])).as("%s", values[i]).isEqualTo(labels[i]);
    }
  }

  @Test
  void writesSeveralAttributesInTheModelsOrder() {
    assertThat(ROUNDED.json(reward(3.2f, 1.5f)))
        .isEqualTo("{\"helpfulness\": 3, \"verbosity\": 2}");
    assertThat(ROUNDED.label(reward(3.2f, 1.5f))).isEqualTo("\"helpfulness:3,verbosity:2\"");
    assertThat(ONE.label(reward(-4.78125f))).isEqualTo("\"helpfulness:-4.78125\"");
  }

  @Test
  void countsWhatWasMovedOntoTheScale() {
    assertThat(ROUNDED.clamped(reward(-0.01f, 4f))).isEqualTo(1);
    assertThat(ONE.clamped(reward(-3f))).isZero();
  }

  @Test
  void refusesValuesThatAreNoNumbers() {
    assertThatThrownBy(() -> ONE.json(reward(Float.NaN)))
        .hasMessage("reward: expected a finite number, found NaN");
    assertThatThrownBy(() -> ROUNDED.json(reward(1f, Float.NaN)))
        .hasMessage("reward: expected a number, found NaN");
    assertThatThrownBy(() -> ONE.json(reward(1f, 2f)))
        .hasMessage("reward: expected 1 values, one for each attribute, found 2");
  }

  @Test
  void aScalarIsMadeOfTheNumbersThatAReaderOfTheRowGets() {
    RewardText text =
        new RewardText(
            new Attributes(List.of("helpfulness", "verbosity")),
            LabelStyle.ROUNDED,
            null,
            values -> values.applyAsDouble("verbosity") * 10 - values.applyAsDouble("helpfulness"));
    Scored scored = new Scored(List.of(reward(3.1f, 0.7f), reward(-1f, 2f)));
    assertThat(text.unweighable(scored)).isEmpty();
    assertThat(scored.rewards().stream().map(text::json))
        .containsExactly(
            "{\"helpfulness\": 3, \"verbosity\": 1}", "{\"helpfulness\": 0, \"verbosity\": 2}");
    assertThat(scored.rewards().stream().flatMap(reward -> text.scalarText(reward).stream()))
        .containsExactly(Double.toString(0.7 * 10 - 3.1), "21.0");
    assertThat(ROUNDED.scalarText(reward(1f, 2f))).isEmpty();
  }

  @Test
  void aScalarThatIsNoFiniteNumberMakesARejection() {
    RewardText text =
        new RewardText(
            new Attributes(List.of("helpfulness")),
            LabelStyle.FLOAT,
            null,
            values -> {
              if (values.applyAsDouble("helpfulness") == 0) {
                throw new ArithmeticException("expected a finite result, found NaN");
              }
              return 1;
            });
    assertThat(text.unweighable(new Scored(List.of(reward(1f), reward(0f)))))
        .contains(new Rejected("not-finite", "scalar: expected a finite result, found NaN"));
    assertThat(ONE.unweighable(new Scored(List.of(reward(0f))))).isEmpty();
  }

  private static Reward reward(float... values) {
    return new Reward(values);
  }
}
