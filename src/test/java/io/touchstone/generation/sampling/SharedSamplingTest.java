package io.touchstone.generation.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What transformers 5.23.0 makes of fixed logits, where its results are at hand. */
final class SharedSamplingTest {
  private static final String PROPERTY = "touchstone.fixtures";
  private static final List<Integer> EOS_IDS = List.of(506, 509, 510);

  @Test
  void keepsTheTokensThatTransformersKeepsWithTheirProbabilities() throws IOException {
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (SamplingCase each : cases()) {
      if (each.expected().has("kept")) {
        differences.addAll(each.differences(each.rules(EOS_IDS), each.inputIds().length));
        compared++;
      }
    }
    assertThat(differences).isEmpty();
    assertThat(compared).isEqualTo(200);
  }

  @Test
  void changesLogitsAsTransformersDoes() throws IOException {
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (SamplingCase each : cases()) {
      if (each.expected().has("changed")) {
        float[] changed = each.changed(each.rules(EOS_IDS), each.inputIds().length);
        differences.addAll(each.logitDifferences(changed));
        compared++;
      }
    }
    assertThat(differences).isEmpty();
    assertThat(compared).isEqualTo(80);
  }

  private static List<SamplingCase> cases() throws IOException {
    String fixtures = System.getProperty(PROPERTY);
    assumeTrue(fixtures != null, () -> PROPERTY + " is not set: no shared cases");
    return SamplingCase.of(Path.of(fixtures, "generation", "models", "sampling"));
  }
}
