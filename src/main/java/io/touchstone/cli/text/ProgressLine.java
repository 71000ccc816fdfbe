package io.touchstone.cli.text;

import io.touchstone.cli.call.Text;
import io.touchstone.ledger.EntryCount;
import io.touchstone.progress.JobProgress;

/**
 * Where a running job stands, in one line.
 *
 * @param text of ASCII characters only, each as wide as another
 * @param share that is done, from 0 to 1
 */
public record ProgressLine(String text, double share) {
  private static final int MOST_BAR = 20;
  private static final int LEAST_BAR = 8;

  public static ProgressLine of(JobProgress now) {
    StringBuilder line = new StringBuilder();
    double share = now.bytesTotal() == 0 ? 0 : (double) now.bytesDone() / now.bytesTotal();
    if (now.bytesTotal() > 0) {
      line.append(Text.of("%.0f %%, ", 100 * Math.min(1, share)));
    }
    long done = now.rows() + now.rejected();
    line.append(
        now.rowsTotal().isPresent()
            ? Text.of("%,d of about %,d rows", done, Math.max(done, now.rowsTotal().getAsLong()))
            : Text.of("%,d rows", done));
    if (now.tokens() > 0) {
      line.append(Text.of(", %,.0f tokens/s", now.tokensPerSecond()));
    } else if (done > 0 && now.seconds() > 0) {
      line.append(Text.of(", %,.0f rows/s", done / now.seconds()));
    }
    if (now.alive() > 0) {
      line.append(Text.of(", %,d alive", now.alive()));
    }
    line.append(Text.of(", %,d rejected", now.rejected()));
    now.secondsLeft().ifPresent(left -> line.append(", ").append(clock(left)).append(" left"));
    return new ProgressLine(line.toString(), share);
  }

  /** Where a walk through a ledger stands after some seconds, which are more than 0. */
  public static ProgressLine of(EntryCount count, double seconds) {
    long done = count.done();
    long total = Math.max(done, count.total());
    double perSecond = done / seconds;
    StringBuilder line =
        new StringBuilder(Text.of("%,d of %,d scores, %,.0f a second", done, total, perSecond));
    if (done > 0) {
      line.append(", ").append(clock((total - done) / perSecond)).append(" left");
    }
    return new ProgressLine(line.toString(), total == 0 ? 0 : (double) done / total);
  }

  /** The line, with a bar in front of it where there is room, in fewer than so many columns. */
  String within(int columns) {
    int bar = Math.min(MOST_BAR, columns - text.length() - "[] ".length() - 1);
    if (bar < LEAST_BAR) {
      return text.substring(0, Math.min(text.length(), Math.max(0, columns - 1)));
    }
    int full = (int) (bar * Math.min(1, share));
    return "[" + "#".repeat(full) + ".".repeat(bar - full) + "] " + text;
  }

  /** Hours, minutes and seconds: {@code 1:02:03} or {@code 2:03}. */
  static String clock(double seconds) {
    long whole = Math.round(seconds);
    return whole < 3_600
        ? Text.of("%d:%02d", whole / 60, whole % 60)
        : Text.of("%d:%02d:%02d", whole / 3_600, whole / 60 % 60, whole % 60);
  }
}
