package io.touchstone.cli.text;

import io.touchstone.cli.call.Text;
import io.touchstone.jobs.CommonestReason;

/** What is told where every line of the input was rejected. */
public final class AllRejectedText {
  private AllRejectedText() {}

  /** A sentence without a full stop. */
  public static String of(CommonestReason why) {
    if (why.all() == 1) {
      return "The only line was rejected: " + why.text();
    }
    return Text.of(
        "All %,d lines were rejected; the most frequent reason (%s%,d of %,d): %s",
        why.all(),
        why.looked() < why.all() ? "of the first lines " : "",
        why.times(),
        why.looked(),
        why.text());
  }
}
