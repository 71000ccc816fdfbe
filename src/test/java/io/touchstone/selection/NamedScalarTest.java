package io.touchstone.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class NamedScalarTest {

  private static final Map<String, Double> VALUES =
      Map.of(
          "helpfulness", 3.0,
          "correctness", 2.0,
          "coherence", 4.0,
          "complexity", 1.0,
          "verbosity", 0.5);

  private static double of(NamedScalar scalar) {
    return scalar.formula().of(name -> VALUES.getOrDefault(name, Double.NaN));
  }

  @Test
  void isCalledScalarUnlessItIsGivenAName() {
    NamedScalar plain = NamedScalar.parse("helpfulness - 0.5*verbosity");
    assertThat(plain.name()).isEqualTo("scalar");
    assertThat(of(plain)).isEqualTo(2.75);
    NamedScalar named = NamedScalar.parse(" worth = helpfulness - 0.5*verbosity");
    assertThat(named.name()).isEqualTo("worth");
    assertThat(of(named)).isEqualTo(2.75);
  }

  @Test
  void aPresetStandsForItsFormulaWithANameAndWithout() {
    double published = 0.3 * 3 + 0.74 * 2 + 0.46 * 4 + 0.47 - 0.33 * 0.5;
    assertThat(of(NamedScalar.parse("nemotron-4-340b"))).isEqualTo(published);
    NamedScalar named = NamedScalar.parse("worth=nemotron-4-340b");
    assertThat(named.name()).isEqualTo("worth");
    assertThat(of(named)).isEqualTo(published);
  }

  @Test
  void isReadBackFromTheTextThatAPlanKeeps() {
    NamedScalar named = NamedScalar.parse("worth=helpfulness - verbosity");
    assertThat(named.text()).isEqualTo("worth = helpfulness - verbosity");
    assertThat(NamedScalar.parse(named.text())).hasToString(named.toString());
    assertThat(NamedScalar.parse(NamedScalar.parse("2*helpfulness").text()).name())
        .isEqualTo("scalar");
  }

  @Test
  void refusesWhatIsNoNameAndWhatIsNoFormula() {
    assertThatThrownBy(() -> NamedScalar.parse("a b=helpfulness"))
        .hasMessageStartingWith("expected a name of at most 100 letters")
        .hasMessageEndingWith("found 'a b'");
    assertThatThrownBy(() -> NamedScalar.parse("worth="))
        .hasMessage("expected a number, a field name or '(' at character 1, found the end");
    assertThatThrownBy(() -> NamedScalar.parse("helpfulness >= 3"))
        .hasMessage("expected a number at character 1, found a condition");
    assertThatThrownBy(() -> NamedScalar.parse("helpfulness == 3"))
        .hasMessage("expected a number at character 1, found a condition");
  }
}
