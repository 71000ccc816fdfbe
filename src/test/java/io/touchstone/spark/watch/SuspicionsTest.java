package io.touchstone.spark.watch;

import static io.touchstone.spark.watch.AttemptStep.Step.AHEAD;
import static io.touchstone.spark.watch.AttemptStep.Step.ALONE;
import static io.touchstone.spark.watch.AttemptStep.Step.APART;
import static io.touchstone.spark.watch.AttemptStep.Step.LOAD;
import static io.touchstone.spark.watch.AttemptStep.Step.OVERDUE;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.reward.Rejected;
import io.touchstone.scoring.pipeline.RowWatch.Caution;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SuspicionsTest {

  private static final AttemptStep LOADED = new AttemptStep(LOAD, 100, 300, 0);
  private static final AttemptStep RAN_ALONE = new AttemptStep(ALONE, 200, 200, 0);
  private static final AttemptStep READ_AHEAD = new AttemptStep(AHEAD, 100, 300, 0);
  private static final AttemptStep APART_THEN = new AttemptStep(APART, 200, 200, 0);
  private static final AttemptStep LATE = new AttemptStep(OVERDUE, 200, 200, 5);

  private static Caution caution(int seconds, AttemptStep... last) {
    return new Suspicions(List.of(last), List.of()).caution(200, seconds, Sought.SCORE);
  }

  @Test
  void aLineThatNoDeathTouchesIsLikeAnyOther() {
    Suspicions suspicions = new Suspicions(List.of(LOADED), List.of());
    assertThat(suspicions.caution(99, 0, Sought.SCORE)).isEqualTo(new Caution.None());
    assertThat(suspicions.caution(301, 0, Sought.SCORE)).isEqualTo(new Caution.None());
    assertThat(new Suspicions(List.of(), List.of()).isEmpty()).isTrue();
  }

  @Test
  void theRowsOfALoadThatEndedWithItsProcessGoAloneHoweverOftenItDid() {
    assertThat(caution(0, LOADED)).isEqualTo(new Caution.Alone());
    assertThat(caution(0, LOADED, LOADED, LOADED)).isEqualTo(new Caution.Alone());
  }

  @Test
  void oneDeathAloneMayBeChanceASecondIsNot() {
    assertThat(caution(0, LOADED, RAN_ALONE)).isEqualTo(new Caution.Alone());
    assertThat(caution(0, LOADED, RAN_ALONE, RAN_ALONE))
        .isEqualTo(
            new Caution.Never(
                new Rejected(
                    "killed-the-process",
                    "the model: expected a score, found that 2 processes died while they ran this"
                        + " row and nothing else; it was not run again")));
  }

  @Test
  void aLineThatWasReadAheadIsPreparedUnderAMarkOfItsOwnAndNotRunAlone() {
    Suspicions suspicions = new Suspicions(List.of(READ_AHEAD, READ_AHEAD), List.of());
    assertThat(suspicions.caution(200, 0, Sought.SCORE)).isEqualTo(new Caution.None());
    assertThat(suspicions.isApart(200)).isTrue();
    assertThat(suspicions.isApart(301)).isFalse();
  }

  @Test
  void oneDeathApartAndOneAloneAreProofTwoApartAreNot() {
    assertThat(caution(0, READ_AHEAD, APART_THEN)).isEqualTo(new Caution.Alone());
    assertThat(caution(0, APART_THEN, APART_THEN)).isEqualTo(new Caution.Alone());
    assertThat(caution(0, READ_AHEAD, APART_THEN, RAN_ALONE))
        .isEqualTo(
            new Caution.Never(
                new Rejected(
                    "killed-the-process",
                    "before the model: expected token ids, found that 1 processes died while they"
                        + " prepared this row, and 1 while they ran it and nothing else; it was"
                        + " not run again")));
  }

  @Test
  void aRowThatWasLateBesideOthersRunsAlone() {
    AttemptStep lateBeside = new AttemptStep(AttemptStep.Step.LATE, 200, 200, 5);
    assertThat(caution(5, lateBeside)).isEqualTo(new Caution.Alone());
    assertThat(
            new Suspicions(List.of(lateBeside), List.of(RAN_ALONE)).caution(200, 5, Sought.SCORE))
        .isEqualTo(new Caution.None());
  }

  @Test
  void aRowThatWasLateAloneIsRunAgainOnlyWithMoreTime() {
    assertThat(caution(5, LOADED, LATE))
        .isEqualTo(
            new Caution.Never(
                new Rejected(
                    "timed-out",
                    "the model: expected a score for the row alone within 5 s, found none after"
                        + " 5 s; it was not run again")));
    assertThat(caution(3, LATE)).isInstanceOf(Caution.Never.class);
    assertThat(caution(6, LATE)).isEqualTo(new Caution.Alone());
    assertThat(caution(0, LATE)).isEqualTo(new Caution.Alone());
  }

  @Test
  void aRowThatSurvivedAloneIsClearedOfOneLoadAndNotOfTwo() {
    assertThat(new Suspicions(List.of(LOADED), List.of(RAN_ALONE)).caution(200, 0, Sought.SCORE))
        .isEqualTo(new Caution.None());
    assertThat(
            new Suspicions(List.of(LOADED, LOADED), List.of(RAN_ALONE))
                .caution(200, 0, Sought.SCORE))
        .isEqualTo(new Caution.Alone());
  }

  private static Caution answering(int seconds, AttemptStep... last) {
    return new Suspicions(List.of(last), List.of()).caution(200, seconds, Sought.ANSWER);
  }

  @Test
  void whatIsAnsweredGoesAloneAfterTwoDeathsAmongOthers() {
    assertThat(answering(0, LOADED)).isEqualTo(new Caution.None());
    assertThat(answering(0, LOADED, LOADED)).isEqualTo(new Caution.Alone());
    assertThat(answering(0, LOADED, RAN_ALONE)).isEqualTo(new Caution.Alone());
    assertThat(answering(0, LOADED, LOADED, LOADED, RAN_ALONE)).isEqualTo(new Caution.Alone());
    assertThat(answering(0, LOADED, LOADED, RAN_ALONE, RAN_ALONE))
        .isEqualTo(
            new Caution.Never(
                new Rejected(
                    "killed-the-process",
                    "the model: expected an answer, found that 2 processes died while they ran this"
                        + " row and nothing else; it was not run again")));
    assertThat(answering(5, LOADED, LOADED, LATE))
        .isEqualTo(
            new Caution.Never(
                new Rejected(
                    "timed-out",
                    "the model: expected each pass of the row alone within 5 s, found none after 5"
                        + " s; it was not run again")));
  }
}
