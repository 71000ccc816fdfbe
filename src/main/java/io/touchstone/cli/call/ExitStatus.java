package io.touchstone.cli.call;

/** How a job ended, as the shell sees it. */
public enum ExitStatus {
  DONE(0, "done", ""),
  FAILED(1, "the job failed", ""),
  WRONG_CALL(2, "the call or the configuration is wrong; every problem is listed", ""),
  TOO_MANY_REJECTED(
      3,
      "more lines were rejected than --max-rejected allows, or all of them: done, or stopped early",
      "--max-rejected"),
  DRIFTED(
      3,
      "the scores drifted further than --max-drift allows; the report is written",
      "--max-drift");

  private final int code;
  private final String meaning;
  private final String flag;

  ExitStatus(int code, String meaning, String flag) {
    this.code = code;
    this.meaning = meaning;
    this.flag = flag;
  }

  /** Whether a job can end so: one without the flag that sets a limit cannot exceed it. */
  boolean isOf(JobSpec job) {
    return flag.isEmpty()
        || job.settings().stream().anyMatch(setting -> setting.flag().equals(flag));
  }

  public int code() {
    return code;
  }

  public String meaning() {
    return meaning;
  }
}
