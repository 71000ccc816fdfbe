package io.touchstone.cli;

/** How a job ended, as the shell sees it. */
enum ExitStatus {
  DONE(0, "done"),
  FAILED(1, "the job failed"),
  WRONG_CALL(2, "the call or the configuration is wrong; every problem is listed"),
  TOO_MANY_REJECTED(
      3, "more lines were rejected than --max-rejected allows: done, or stopped early");

  private final int code;
  private final String meaning;

  ExitStatus(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  String meaning() {
    return meaning;
  }
}
