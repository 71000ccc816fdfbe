package io.touchstone.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.jobs.EarlyStop.Seen;
import org.junit.jupiter.api.Test;

final class EarlyStopTest {

  private static final RejectionBound TEN_LINES = (rejected, in) -> rejected > 10;
  private static final RejectionBound ONE_PERCENT = (rejected, in) -> rejected > in / 100;

  @Test
  void aNumberOfLinesStopsAsSoonAsItIsPassedWhateverIsFinished() {
    EarlyStop stop = new EarlyStop(TEN_LINES, new Seen(20, 4, 100), 1_000_000);
    assertThat(stop.reason(Seen.NOTHING, 6)).isEmpty();
    assertThat(stop.reason(Seen.NOTHING, 7))
        .contains("11 lines rejected before the end of the input");
  }

  @Test
  void aShareStopsOnceFinishedPiecesHoldMoreThanTheWholeInputMayHave() {
    EarlyStop stop = new EarlyStop(ONE_PERCENT, Seen.NOTHING, 10_000_000);
    // 100 bytes a line: 100,000 lines in all, of which 1,000 may be rejected.
    assertThat(stop.reason(new Seen(20_000, 1_000, 2_000_000), 1_000)).isEmpty();
    assertThat(stop.reason(new Seen(20_000, 1_001, 2_000_000), 1_001))
        .contains("1,001 of the first 20,000 lines rejected, of about 100,000 in all");
  }

  @Test
  void aShareOfFewLinesOrOfUnfinishedPiecesStopsNothing() {
    EarlyStop stop = new EarlyStop(ONE_PERCENT, Seen.NOTHING, 1_000_000);
    assertThat(stop.reason(new Seen(9_999, 9_999, 999_900), 9_999)).isEmpty();
    assertThat(stop.reason(Seen.NOTHING, 500_000)).isEmpty();
  }

  @Test
  void whatEarlierRunsCommittedCounts() {
    EarlyStop stop = new EarlyStop(ONE_PERCENT, new Seen(10_000, 900, 1_000_000), 10_000_000);
    assertThat(stop.reason(new Seen(0, 0, 0), 0)).isEmpty();
    assertThat(stop.reason(new Seen(200, 101, 20_000), 101)).isPresent();
  }
}
