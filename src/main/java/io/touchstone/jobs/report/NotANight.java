package io.touchstone.jobs.report;

/** Says why a file is no report that could be drawn beside others. */
final class NotANight extends Exception {
  private static final long serialVersionUID = 1L;

  private static final int MOST_CHARACTERS = 300;

  /**
   * @param reason may hold what stands in a foreign file, and ends on terminals
   */
  NotANight(String reason) {
    super(
        reason.substring(0, Math.min(MOST_CHARACTERS, reason.length())).replaceAll("\\p{C}", "?"));
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
