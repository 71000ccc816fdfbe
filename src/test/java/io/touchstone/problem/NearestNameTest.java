package io.touchstone.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestNameTest {

  private static final List<String> KNOWN =
      List.of("reward.helpfulness", "reward.correctness", "coherence", "complexity", "id");

  @Test
  void findsWhatWasMistyped() {
    assertThat(NearestName.of("coherance", KNOWN)).contains("coherence");
    assertThat(NearestName.of("Complexity", KNOWN)).contains("complexity");
    assertThat(NearestName.of("helpfullness", KNOWN)).contains("reward.helpfulness");
    assertThat(NearestName.of("reward.corectnes", KNOWN)).contains("reward.correctness");
    assertThat(NearestName.of("ic", KNOWN)).contains("id");
  }

  @Test
  void findsNothingWhereNothingIsNear() {
    assertThat(NearestName.of("toxicity", KNOWN)).isEmpty();
    assertThat(NearestName.of("x", List.of())).isEmpty();
  }

  @Test
  void ofEquallyNearNamesTheFirstInTheAlphabetIsTaken() {
    assertThat(NearestName.of("bab", List.of("bac", "baa"))).contains("baa");
  }
}
