package io.touchstone.jobs.report;

/** Says why a file is no report that could be drawn beside others. */
final class NotANight extends Exception {
  private static final long serialVersionUID = 1L;

  NotANight(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
