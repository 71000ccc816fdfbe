package io.touchstone.checkpoint.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.checkpoint.TestJson;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** How many outputs there are and what they are called, as in transformers 5.23.0. */
final class ClassifierReaderTest {
  @Test
  void countsTheLabels() {
    assertThat(read("{\"id2label\": {\"0\": \"a\", \"2\": \"c\", \"1\": \"b\"}}"))
        .isEqualTo(classifier(3, "a", "b", "c"));
  }

  @Test
  void hasTwoOutputsWhereNothingIsSaid() {
    assertThat(read("{}")).isEqualTo(classifier(2));
    assertThat(read("{\"id2label\": null}")).isEqualTo(classifier(2));
  }

  @Test
  void takesNumLabelsBeforeTheLabels() {
    assertThat(read("{\"num_labels\": 1}")).isEqualTo(classifier(1));
    assertThat(read("{\"num_labels\": 1, \"id2label\": {\"0\": \"a\", \"1\": \"b\"}}"))
        .isEqualTo(classifier(1));
    assertThat(read("{\"num_labels\": 2, \"id2label\": {\"0\": \"a\", \"1\": \"b\"}}"))
        .isEqualTo(classifier(2, "a", "b"));
  }

  @Test
  void hasNoNamesWhereTheyAreNumbers() {
    assertThat(read("{\"id2label\": {\"0\": \"LABEL_0\"}}")).isEqualTo(classifier(1));
    assertThat(read("{\"id2label\": {\"0\": \"LABEL_0\", \"1\": \"good\"}}"))
        .isEqualTo(classifier(2, "LABEL_0", "good"));
  }

  @Test
  void tellsThePadToken() {
    assertThat(read("{\"pad_token_id\": 0}").padTokenId()).hasValue(0);
    assertThat(read("{\"pad_token_id\": -1}").padTokenId()).hasValue(-1);
    assertThat(read("{\"pad_token_id\": null}").padTokenId()).isEmpty();
    assertThat(read("{}").padTokenId()).isEmpty();
  }

  @Test
  void refusesNamesThatAreNotOnePerOutput() {
    assertThatThrownBy(() -> new RewardHead.Classifier(2, List.of("a"), OptionalInt.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a name per output or none, found 2 outputs and 1 names");
  }

  private static RewardHead.Classifier classifier(int outputs, String... names) {
    return new RewardHead.Classifier(outputs, List.of(names), OptionalInt.empty());
  }

  private static RewardHead.Classifier read(String json) {
    Problems problems = new Problems();
    RewardHead.Classifier classifier =
        new ClassifierReader(Fields.of(TestJson.object(json), Problem.in("config.json"), problems))
            .read(16);
    assertThat(problems.found()).isEmpty();
    return classifier;
  }
}
