package io.touchstone.cli.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.ledger.EntryCount;
import io.touchstone.progress.JobProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
  private static final JobProgress HALFWAY =
      new JobProgress(
          629,
          2,
          600_000,
          180,
          1_000,
          60,
          9_876.4,
          OptionalDouble.of(61),
          OptionalLong.of(3_500),
          0);

  @Test
  void namesShareRowsSpeedRejectedAndTimeLeft() {
    assertThat(ProgressLine.of(HALFWAY).text())
        .isEqualTo("18 %, 631 of about 3,500 rows, 9,876 tokens/s, 2 rejected, 1:01 left");
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    JobProgress begun =
        new JobProgress(0, 0, 0, 0, 0, 0, 0, OptionalDouble.empty(), OptionalLong.empty(), 0);
    assertThat(ProgressLine.of(begun).text()).isEqualTo("0 rows, 0 rejected");
  }

  @Test
  void saysHowManyRowsAreUnderWayWhereTheyAreManyAtATime() {
    JobProgress generating =
        new JobProgress(
            90, 1, 60_000, 500, 1_000, 60, 1_000, OptionalDouble.of(61), OptionalLong.of(180), 64);
    assertThat(ProgressLine.of(generating).text())
        .isEqualTo("50 %, 91 of about 180 rows, 1,000 tokens/s, 64 alive, 1 rejected, 1:01 left");
  }

  @Test
  void countsRowsASecondWhereThereAreNoTokens() {
    JobProgress half =
        new JobProgress(
            90_000, 10_000, 0, 500, 1_000, 4, 0, OptionalDouble.of(4), OptionalLong.of(200_000), 0);
    assertThat(ProgressLine.of(half).text())
        .isEqualTo(
            "50 %, 100,000 of about 200,000 rows, 25,000 rows/s, 10,000 rejected, 0:04 left");
  }

  @Test
  void hasABarWhereThereIsRoomForOne() {
    ProgressLine line = new ProgressLine("50 %, so far", 0.5);
    assertThat(line.within(80)).isEqualTo("[##########..........] 50 %, so far");
    assertThat(line.within(24)).isEqualTo("[####....] 50 %, so far").hasSize(23);
    assertThat(line.within(23)).isEqualTo("50 %, so far");
    assertThat(line.within(6)).isEqualTo("50 %,");
    assertThat(line.within(1)).isEmpty();
    assertThat(new ProgressLine("", 1).within(40)).isEqualTo("[####################] ");
  }

  @Test
  void countsTheScoresOfALedger() {
    assertThat(ProgressLine.of(new EntryCount(), 0.5).text())
        .isEqualTo("0 of 0 scores, 0 a second");
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
    String line = "\r\u001b[K\u001b[?7l18 %, 631 of about 3\u001b[?7h";
    assertThat(bytes.toString(UTF_8)).isEqualTo(line + line + "\r\u001b[K");
  }
}
