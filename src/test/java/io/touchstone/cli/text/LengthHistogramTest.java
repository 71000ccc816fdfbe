package io.touchstone.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class LengthHistogramTest {

  @Test
  void quantilesAreLengthsThatOccur() {
    LengthHistogram lengths =
        new LengthHistogram(new TreeMap<>(Map.of(10, 50.0, 20, 40.0, 3_000, 10.0)));
    assertThat(lengths.quantile(0.5)).isEqualTo(10);
    assertThat(lengths.quantile(0.9)).isEqualTo(20);
    assertThat(lengths.quantile(0.99)).isEqualTo(3_000);
    assertThat(new LengthHistogram(new TreeMap<>()).quantile(0.5)).isZero();
  }

  @Test
  void aBarStandsForLengthsUpToItsEdgeAndGapsAreShown() {
    LengthHistogram lengths =
        new LengthHistogram(new TreeMap<>(Map.of(64, 2.0, 65, 1.0, 500, 0.5)));
    assertThat(lengths.bars())
        .containsExactly(
            "            64 |" + "#".repeat(40) + " 2",
            "           128 |" + "#".repeat(20) + " ".repeat(20) + " 1",
            "           256 |" + " ".repeat(40) + " 0",
            "           512 |" + "#".repeat(10) + " ".repeat(30) + " 1");
  }
}
