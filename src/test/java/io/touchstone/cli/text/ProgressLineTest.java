package io.touchstone.cli.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.ledger.EntryCount;
import io.touchstone.progress.JobProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
  private static final JobProgress HALFWAY =
      new JobProgress(12_345, 2, 600_000, 500, 1_000, 60, 9_876.4, OptionalDouble.of(61));

  @Test
  void namesRowsShareSpeedRejectedAndTimeLeft() {
    assertThat(ProgressLine.of(HALFWAY))
        .isEqualTo("12,345 rows, 50 %, 9,876 tokens/s, 2 rejected, 1:01 left");
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    assertThat(ProgressLine.of(new JobProgress(0, 0, 0, 0, 0, 0, 0, OptionalDouble.empty())))
        .isEqualTo("0 rows, 0 rejected");
  }

  @Test
  void countsRowsASecondWhereThereAreNoTokens() {
    assertThat(
            ProgressLine.of(
                new JobProgress(90_000, 10_000, 0, 500, 1_000, 4, 0, OptionalDouble.of(4))))
        .isEqualTo("90,000 rows, 50 %, 25,000 rows/s, 10,000 rejected, 0:04 left");
  }

  @Test
  void countsTheScoresOfALedger() {
    assertThat(ProgressLine.of(new EntryCount(), 0.5)).isEqualTo("0 of 0 scores, 0 a second");
  }

  @Test
  void showsHoursOnlyWhereThereAreSome() {
    assertThat(ProgressLine.clock(59.4)).isEqualTo("0:59");
    assertThat(ProgressLine.clock(3_599.6)).isEqualTo("1:00:00");
    assertThat(ProgressLine.clock(90_061)).isEqualTo("25:01:01");
  }

  @Test
  void aTerminalHasOneLineThatIsGoneInTheEnd() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ProgressDisplay display =
        new ProgressDisplay.OneLine(new PrintStream(bytes, true, UTF_8), 21)) {
      display.accept(HALFWAY);
      display.accept(HALFWAY);
    }
    assertThat(bytes.toString(UTF_8))
        .isEqualTo("\r\u001b[K12,345 rows, 50 %, 9\r\u001b[K12,345 rows, 50 %, 9\r\u001b[K");
  }
}
