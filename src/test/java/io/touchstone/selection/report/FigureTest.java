package io.touchstone.selection.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FigureTest {

  @Test
  void numbersHaveNoMoreDigitsThanMeanAnything() {
    assertThat(Figure.text(0)).isEqualTo("0.000");
    assertThat(Figure.text(-1.23456)).isEqualTo("-1.235");
    assertThat(Figure.text(123.456)).isEqualTo("123.5");
    assertThat(Figure.text(12_345.6)).isEqualTo("12,346");
    assertThat(Figure.text(2.5e9)).isEqualTo("2.50e+09");
    assertThat(Figure.change(4.025, 4.0242)).isEqualTo("-0.001");
    assertThat(Figure.change(4.025, 4.0249)).isEqualTo("0.000");
    assertThat(Figure.change(1, 3.5)).isEqualTo("+2.500");
    assertThat(Figure.change(1e-5, 2e-5)).isEqualTo("+1.00e-05");
    assertThat(Figure.mean(1.39e-17, 0.8)).isEqualTo("0.000");
    assertThat(Figure.mean(1.5e-9, 1e-9)).isEqualTo("1.50e-09");
    assertThat(Figure.brief(0.25)).isEqualTo("0.25");
    assertThat(Figure.brief(100)).isEqualTo("100");
    assertThat(Figure.brief(-0.0)).isEqualTo("0");
    assertThat(Figure.percent(0.014)).isEqualTo("1.4 %");
    assertThat(Figure.percent(0.5)).isEqualTo("50 %");
    assertThat(Figure.seconds(61.25)).isEqualTo("61.3 s");
    assertThat(Figure.seconds(3_600)).isEqualTo("60 min");
    assertThat(Figure.correlation(null)).isEqualTo("–");
    assertThat(Figure.correlation(-0.001)).isEqualTo("0.00");
    assertThat(Figure.correlation(-0.875)).isEqualTo("-0.88");
  }
}
