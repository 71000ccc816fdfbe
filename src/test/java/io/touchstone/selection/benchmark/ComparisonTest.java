package io.touchstone.selection.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.touchstone.selection.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private static final Pairs PAIRS = new Pairs();

  /** Trials of which the first {@code won} are won. */
  private static List<Trial> trials(int from, int to, int won) {
    List<Trial> trials = new ArrayList<>();
    for (int i = from; i < to; i++) {
      trials.add(
          new Trial(
              "" + i, i % 2 == 0 ? "even" : "odd", List.of(i < won ? 1.0 : -1.0), List.of(0.0), 0));
    }
    return trials;
  }

  @Test
  void theSameResultsDifferInNothing() {
    Comparison comparison = Comparison.of(PAIRS, trials(0, 40, 30), trials(0, 40, 30), 1);

    assertThat(comparison.differences().keySet()).containsExactly("overall", "even", "odd");
    assertThat(comparison.differences().values())
        .allSatisfy(
            difference -> {
              assertThat(difference.value()).isZero();
              // Of 40 tasks, or 20, none was different: as many as that may be all the same.
              assertThat(difference.interval().high()).isBetween(0.088, 0.1684335);
              assertThat(difference.interval().low()).isEqualTo(-difference.interval().high());
              assertThat(difference.p()).isEqualTo(1);
              assertThat(difference.isReal()).isFalse();
            });
  }

  @Test
  void whereAllTasksCameOutTheSameTheIntervalIsExact() {
    Evaluation evaluation = Evaluation.of(PAIRS, trials(0, 10, 10), 1);
    // scipy.stats.binomtest(10, 10).proportion_ci(), and of 5.
    assertThat(evaluation.intervals().get("overall").low())
        .isCloseTo(0.6915028921812392, within(1e-12));
    assertThat(evaluation.intervals().get("overall").high()).isEqualTo(1);
    assertThat(evaluation.intervals().get("odd").low())
        .isCloseTo(0.4781762498950186, within(1e-12));
    assertThat(Evaluation.of(PAIRS, trials(0, 10, 0), 1).intervals().get("overall"))
        .isEqualTo(new Interval(0, 1 - evaluation.intervals().get("overall").low()));
  }

  @Test
  void tasksThatWeighUnlikeLeaveAFigureMoreUncertain() {
    RewardBench benchmark = new RewardBench();
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      trials.add(new Trial("" + i, "math-prm", List.of(1.0), List.of(0.0), 0));
      trials.add(new Trial("" + i, "hep-go", List.of(1.0), List.of(0.0), 0));
    }
    Evaluation evaluation = Evaluation.of(benchmark, trials, 1);
    double tasks = Math.pow(984 + 164, 2) / (984.0 * 984 / 10 + 164.0 * 164 / 10);
    assertThat(evaluation.figures().equalTasks()).isCloseTo(tasks, within(1e-9));
    assertThat(evaluation.intervals().get("Reasoning").low())
        .isCloseTo(Math.pow(0.025, 1 / tasks), within(1e-12));
  }

  @Test
  void tellsARealDifferenceFromChance() {
    assertThat(overall(100, 60, 57).isReal()).isFalse();
    // Three pairs that only one has right: two-sided 2 / 2^3.
    assertThat(overall(100, 60, 57).p()).isCloseTo(0.25, within(0.02));
    assertThat(overall(100, 60, 45).isReal()).isTrue();
    assertThat(overall(100, 60, 45).value()).isCloseTo(0.15, within(1e-12));
  }

  private static Comparison.Difference overall(int rows, int ours, int theirs) {
    Comparison.Difference overall =
        Comparison.of(PAIRS, trials(0, rows, ours), trials(0, rows, theirs), 5)
            .differences()
            .get("overall");
    assertThat(overall).isNotNull();
    return overall;
  }

  @Test
  void comparesOnlyWhatBothHave() {
    Comparison comparison = Comparison.of(PAIRS, trials(0, 30, 20), trials(10, 50, 15), 1);

    assertThat(comparison.shared()).isEqualTo(20);
    assertThat(comparison.onlyOurs()).isEqualTo(10);
    assertThat(comparison.onlyTheirs()).isEqualTo(20);
    assertThatThrownBy(() -> Comparison.of(PAIRS, trials(0, 10, 5), trials(10, 20, 5), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected tasks that both results have, found none");
  }

  @Test
  void anEvaluationHasAnIntervalForEachFigureAndNamesWhatIsMissing() {
    RmBench benchmark = new RmBench();
    List<Trial> trials =
        Rows.trials(
            benchmark,
            "{'domain': 'chat', 'score_chosen': [1, 2, 3], 'score_rejected': [0.5, 2, 2.5]}",
            "{'domain': 'chat', 'score_chosen': [0, 0, 0], 'score_rejected': [0, 1, -1]}");

    Evaluation evaluation = Evaluation.of(benchmark, trials, 1);

    assertThat(evaluation.intervals().keySet())
        .containsExactly("overall", "chat", "chat/easy", "chat/normal", "chat/hard");
    assertThat(evaluation.intervals().values())
        .allSatisfy(interval -> assertThat(interval.low()).isLessThanOrEqualTo(interval.high()));
    assertThat(evaluation.missing()).containsExactly("math", "code", "safety");
    assertThat(Evaluation.of(benchmark, trials, 1)).isEqualTo(evaluation);
  }
}
