package io.touchstone.generation.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What transformers 5.23.0 makes of fixed logits; made by {@code make_sampling.py}. */
final class TransformersSamplingTest {
  private static final Path FOLDER = Path.of("src/test/resources/sampling");
  private static final List<Integer> EOS_IDS = List.of(5, 17);
  private static final int PROMPT_TOKENS = 6;

  @TestFactory
  Stream<DynamicTest> leavesWhatTransformersLeaves() throws Exception {
    return SamplingCase.of(FOLDER).stream()
        .map(each -> DynamicTest.dynamicTest(each.name(), () -> check(each)));
  }

  private static void check(SamplingCase each) {
    SamplingRules rules = each.rules(EOS_IDS);
    if (each.expected().has("kept")) {
      assertThat(each.differences(rules, PROMPT_TOKENS)).isEmpty();
    } else {
      assertThat(each.logitDifferences(each.changed(rules, PROMPT_TOKENS))).isEmpty();
    }
  }
}
