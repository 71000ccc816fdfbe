package io.touchstone.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StepsTest {
  private static final Steps TAGGED = new Steps("\n\n", " ки", List.of("+", "-"));
  private static final Steps MARKED = new Steps("\n\n", "<extra_0>", List.of());

  @Test
  void emptyStepsCount() {
    assertThat(MARKED.of("a\n\n\n\nb\n\n")).containsExactly("a", "", "b", "");
    assertThat(MARKED.of("\n\n\na")).containsExactly("", "\na");
    assertThat(MARKED.of("")).containsExactly("");
  }

  @Test
  void nothingBehindTheLastSeparatorIsNoStepWhereThatStays() {
    assertThat(TAGGED.of("a\n\n\n\nb\n\n")).containsExactly("a", "", "b");
    assertThat(TAGGED.of("a")).containsExactly("a");
    assertThat(TAGGED.of("")).containsExactly("");
  }

  @Test
  void layoutFollowsFromWhatThereIs() {
    assertThat(TAGGED.layout()).isEqualTo(Steps.Layout.TOKEN);
    assertThat(MARKED.layout()).isEqualTo(Steps.Layout.TOKEN);
    assertThat(new Steps("\n", "", List.of("+", "-")).layout()).isEqualTo(Steps.Layout.TURN);
    assertThat(new Steps("\n", "", List.of()).layout()).isEqualTo(Steps.Layout.SEPARATOR);
    assertThat(Steps.NONE.areJudged()).isFalse();
  }

  @Test
  void isToldInOneLine() {
    assertThat(TAGGED).hasToString("cut at '\\n\\n', read at ' ки', answered '+' or '-'");
    assertThat(new Steps("\\n", "", List.of())).hasToString("cut at '\\\\n'");
  }

  @Test
  void refusesStepsThatAreCutNowhere() {
    assertThatThrownBy(() -> new Steps("", "<extra_0>", List.of()))
        .hasMessage("steps: expected a separator, and two answers or none, found '' and []");
    assertThatThrownBy(() -> new Steps("\n", "", List.of("+")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
