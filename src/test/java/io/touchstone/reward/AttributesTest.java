package io.touchstone.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AttributesTest {

  @Test
  void namesOutputsByTheirNumberWhenTheCheckpointDoesNot() {
    assertThat(names(1)).containsExactly("helpfulness");
    assertThat(names(5))
        .containsExactly("helpfulness", "correctness", "coherence", "complexity", "verbosity");
    assertThat(names(9))
        .startsWith("quality", "toxicity", "humor", "creativity", "helpfulness")
        .endsWith("verbosity");
    assertThat(names(3)).containsExactly("label_0", "label_1", "label_2");
  }

  @Test
  void prefersTheUsersNamesToTheCheckpoints() {
    assertThat(Attributes.of(2, List.of("a", "b"), List.of()).names()).containsExactly("a", "b");
    assertThat(Attributes.of(2, List.of("a", "b"), List.of("c", "d")).names())
        .containsExactly("c", "d");
  }

  @Test
  void refusesNamesThatDoNotFit() {
    assertThatThrownBy(() -> Attributes.of(2, List.of(), List.of("a", "b", "c")))
        .hasMessage(
            "attributes: expected 2 names, one for each output of the model, found 3: a,b,c");
    assertThatThrownBy(() -> new Attributes(List.of("a", "a")))
        .hasMessage("attributes: expected distinct names, found [a, a]");
    assertThatThrownBy(() -> Attributes.ofLabels(List.of("a:b")))
        .hasMessage("attributes: expected a name without ':' and ',', found 'a:b'");
  }

  private static List<String> names(int outputs) {
    return Attributes.of(outputs, List.of(), List.of()).names();
  }
}
