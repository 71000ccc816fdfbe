package io.touchstone.entry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequirementsTest {

  @ParameterizedTest
  @CsvSource({"17, 4.0.0", "21, 4.3.0", "25, 10.1.2-SNAPSHOT", "17, a build of ours", "17,"})
  void whatIsNewEnoughOrSaysNothingIsTaken(String java, String spark) {
    assertThat(Requirements.unmet(java, spark)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"17, 3.5.9", "21, 3.5.1-vendor-2", "17, 2.4.8"})
  void anOlderSparkIsTold(String java, String spark) {
    assertThat(Requirements.unmet(java, spark))
        .containsExactly("spark: expected Spark 4.0 or newer, found " + spark);
  }

  @ParameterizedTest
  @CsvSource({"1.8", "11", "16"})
  void anOlderJavaIsToldBesideIt(String java) {
    assertThat(Requirements.unmet(java, "3.5.9"))
        .containsExactly(
            "spark: expected Spark 4.0 or newer, found 3.5.9",
            "java: expected Java 17 or newer, found " + java);
  }

  @Test
  void theSparkOfThisProcessIsFound() {
    assertThat(Requirements.unmet()).isEmpty();
  }
}
