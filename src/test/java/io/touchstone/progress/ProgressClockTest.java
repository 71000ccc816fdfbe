package io.touchstone.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProgressClockTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void theRateStartsAtTheFirstRecordAndTheRestIsEstimatedFromIt() {
    ProgressClock clock = new ProgressClock(0, 100, 1_100);
    JobProgress loading = clock.at(60 * SECOND, new ProgressSums(0, 0, 0, 0, 0));
    assertThat(loading.tokensPerSecond()).isZero();
    assertThat(loading.secondsLeft()).isEmpty();
    assertThat(loading.bytesDone()).isEqualTo(100);
    JobProgress first = clock.at(61 * SECOND, new ProgressSums(0, 0, 0, 0, 1));
    assertThat(first.tokensPerSecond()).isZero();
    assertThat(first.secondsLeft()).isEmpty();
    JobProgress later = clock.at(65 * SECOND, new ProgressSums(7, 1, 800, 200, 1));
    assertThat(later.tokensPerSecond()).isEqualTo(200);
    assertThat(later.secondsLeft()).hasValue(16);
    assertThat(later.seconds()).isEqualTo(65);
  }

  @Test
  void aFailedTaskTakesItsNumbersBackWithoutNonsense() {
    ProgressClock clock = new ProgressClock(0, 0, 100);
    clock.at(SECOND, new ProgressSums(5, 0, 50, 50, 1));
    JobProgress after = clock.at(2 * SECOND, new ProgressSums(0, 0, 0, 0, 1));
    assertThat(after.tokensPerSecond()).isZero();
    assertThat(after.secondsLeft()).isEmpty();
  }

  @Test
  void rowsAreEstimatedFromThoseThatWereReadAheadOfTheFirstScore() {
    ProgressClock clock = new ProgressClock(0, 0, 3_500);
    JobProgress reading = clock.at(SECOND, new ProgressSums(0, 0, 0, 0, 1, 600, 600));
    assertThat(reading.rowsTotal()).hasValue(3_500);
    assertThat(reading.bytesDone()).isZero();
    assertThat(reading.secondsLeft()).isEmpty();
    JobProgress all = clock.at(11 * SECOND, new ProgressSums(345, 5, 700, 350, 1, 3_500, 3_500));
    assertThat(all.rowsTotal()).hasValue(3_500);
    assertThat(all.secondsLeft()).hasValue(90);
  }

  @Test
  void nothingIsSaidOfTheRestWhileFewerRowsHaveEndedThanAreUnderWayTogether() {
    ProgressClock clock = new ProgressClock(0, 0, 1_000);
    clock.at(SECOND, new ProgressSums(0, 0, 0, 0, 1, 64, 500, 64));
    assertThat(clock.at(11 * SECOND, new ProgressSums(3, 0, 900, 30, 1, 67, 520, 64)).secondsLeft())
        .isEmpty();
    assertThat(
            clock
                .at(21 * SECOND, new ProgressSums(64, 1, 9_000, 500, 1, 129, 990, 64))
                .secondsLeft())
        .hasValue(20);
  }

  @Test
  void rowsOfAnEarlierRunAndFurtherReadingsCountOnce() {
    ProgressClock clock = new ProgressClock(0, 400, 2_000, 2);
    assertThat(clock.at(SECOND, new ProgressSums(0, 0, 0, 100, 1, 10, 100)).rowsTotal())
        .hasValue(60);
    assertThat(clock.at(SECOND, ProgressSums.NONE).rowsTotal()).isEmpty();
  }
}
