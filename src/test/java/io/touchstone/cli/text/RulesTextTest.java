package io.touchstone.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RulesTextTest {

  @Test
  void tellsWhatChangesSomethingTheBestKnownFirst() {
    assertThat(
            RulesText.of(
                new TreeMap<>(
                    Map.of(
                        "decoding", "greedy",
                        "bad-words-ids", "[7]",
                        "mamba-dt", "transformers5",
                        "max-new-tokens", "64",
                        "repetition-penalty", "1.1",
                        "samples", "1",
                        "spelled-tokens", "as tokens",
                        "template-date", "2024-07-26"))))
        .isEqualTo(
            "greedy, repetition-penalty 1.1, max-new-tokens 64, bad-words-ids [7], mamba-dt"
                + " transformers5");
  }

  @Test
  void whatIsLeftToAServerIsNotRepeated() {
    assertThat(
            RulesText.of(
                new TreeMap<>(Map.of("temperature", "0.5", "top-p", "the server's", "seed", "0"))))
        .isEqualTo("temperature 0.5, seed 0");
  }
}
