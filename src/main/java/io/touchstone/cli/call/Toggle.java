package io.touchstone.cli.call;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Flags without a value. */
public enum Toggle {
  QUIET("--quiet", "no progress and no summary"),
  RESTART(
      "--restart",
      "throw away what an earlier run, of whatever settings, has left in DIR, and begin anew"),
  DRY_RUN(
      "--dry-run",
      "score nothing and write nothing: from a sample of the rows, say how many there are and would"
          + " be rejected, how long they are, what is computed, and about how long it takes;"
          + " --output is not needed"),
  DRY_RUN_FULL("--dry-run=full", "the same from all rows"),
  SHOW_TEXT(
      "--show-text",
      "show the first row in the summary also where it goes to no terminal; without it no text of a"
          + " conversation gets into logs and mails"),
  STACKTRACE("--stacktrace", "show where in the program a failure arose"),
  HELP("--help", "show this and end"),
  VERSION("--version", "show the version and end");

  public static final Set<Toggle> OF_ANY_JOB =
      Collections.unmodifiableSet(
          EnumSet.complementOf(EnumSet.of(RESTART, DRY_RUN, DRY_RUN_FULL, SHOW_TEXT)));

  /** Of jobs that write rows. */
  public static final Set<Toggle> OF_ROWS =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(RESTART, DRY_RUN, DRY_RUN_FULL)));

  private final String flag;
  private final String help;

  Toggle(String flag, String help) {
    this.flag = flag;
    this.help = help;
  }

  public String flag() {
    return flag;
  }

  String help() {
    return help;
  }
}
