package io.touchstone.cli.text;

import io.touchstone.cli.call.Text;
import io.touchstone.ledger.EntryCount;
import io.touchstone.progress.JobProgress;

/** Where a running job stands, in one line. */
public final class ProgressLine {
  private ProgressLine() {}

  public static String of(JobProgress now) {
    StringBuilder line = new StringBuilder();
    line.append(Text.of("%,d rows", now.rows()));
    if (now.bytesTotal() > 0) {
      long percent = Math.min(100, Math.round(100.0 * now.bytesDone() / now.bytesTotal()));
      line.append(", ").append(percent).append(" %");
    }
    if (now.tokens() > 0) {
      line.append(Text.of(", %,.0f tokens/s", now.tokensPerSecond()));
    } else if (now.rows() + now.rejected() > 0 && now.seconds() > 0) {
      double perSecond = (now.rows() + now.rejected()) / now.seconds();
      line.append(Text.of(", %,.0f rows/s", perSecond));
    }
    line.append(Text.of(", %,d rejected", now.rejected()));
    now.secondsLeft().ifPresent(left -> line.append(", ").append(clock(left)).append(" left"));
    return line.toString();
  }

  /** Where a walk through a ledger stands after some seconds, which are more than 0. */
  public static String of(EntryCount count, double seconds) {
    long done = count.done();
    long total = Math.max(done, count.total());
    double perSecond = done / seconds;
    StringBuilder line =
        new StringBuilder(Text.of("%,d of %,d scores, %,.0f a second", done, total, perSecond));
    if (done > 0) {
      line.append(", ").append(clock((total - done) / perSecond)).append(" left");
    }
    return line.toString();
  }

  /** Hours, minutes and seconds: {@code 1:02:03} or {@code 2:03}. */
  static String clock(double seconds) {
    long whole = Math.round(seconds);
    return whole < 3_600
        ? Text.of("%d:%02d", whole / 60, whole % 60)
        : Text.of("%d:%02d:%02d", whole / 3_600, whole / 60 % 60, whole % 60);
  }
}
